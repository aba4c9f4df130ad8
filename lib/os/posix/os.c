/*
 * What all Unix systems answer alike.
 */
#include "os/os.h"

#include <ctype.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"

void os_prepare_process(int *argc, char **argv[])
{
	(void)argc;
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	/* What ulimit -f lets no file hold is an error of write(2), too. */
	signal(SIGXFSZ, SIG_IGN);
	/* Where it is ignored, as a parent may have left it, the kernel keeps no child's end. */
	signal(SIGCHLD, SIG_DFL);
	for (int fd = OS_STDIN; fd <= OS_STDERR; fd++) {
		/* The wrong way round: using a descriptor that was closed stays an error. */
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
			open("/dev/null", fd == OS_STDIN ? O_WRONLY : O_RDONLY) < 0)
			(void)open("/", O_RDONLY);
	}
}

void os_drop_inherited_sockets(void)
{
	struct os_directory own = {0};
	struct stat status;
	const char *name = "";
	uint64_t fd;

	/* A bare chroot with /proc may lack the link in /dev. */
	if (os_directory_open(&own, NULL, "/dev/fd") &&
		os_directory_open(&own, NULL, "/proc/self/fd"))
		return;
	while (os_directory_next(&own, &name) > 0)
		if (number_parse(bytes_of(name), INT32_MAX, &fd) == 0 && fd > OS_STDERR &&
			fstat((int)fd, &status) == 0 && S_ISSOCK(status.st_mode))
			close((int)fd);
	os_directory_close(&own);
}

int64_t os_own_user(void)
{
	return geteuid();
}

int os_windows_netstat(char *ret_path, size_t size)
{
	(void)ret_path;
	(void)size;
	return -ENOSYS;
}

bool os_is_absolute_path(const char *path)
{
	return path[0] == '/';
}

bool os_is_stream(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/*
 * Whether the call that has just failed is to be made again: it was interrupted, or whoever
 * shares the descriptor has made it one that doesn't wait, and then we do.
 */
static bool is_to_be_repeated(int fd, short event)
{
	struct pollfd wanted = {.fd = fd, .events = event};

	if (errno == EAGAIN)
		return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
	return errno == EINTR;
}

long os_read(int fd, void *data, size_t size)
{
	ssize_t count;

	do
		count = read(fd, data, size);
	while (count < 0 && is_to_be_repeated(fd, POLLIN));
	return count < 0 ? negative_errno() : count;
}

bool os_has_input(int fd)
{
	struct pollfd input = {.fd = fd, .events = POLLIN};

	return poll(&input, 1, 0) > 0;
}

int os_write_all(int fd, const void *data, size_t length)
{
	const char *at = data;

	while (length) {
		ssize_t count = write(fd, at, length);

		if (count < 0 && is_to_be_repeated(fd, POLLOUT))
			continue;
		if (count < 0)
			return negative_errno();
		at += count;
		length -= (size_t)count;
	}
	return 0;
}

bool os_is_terminal(int fd)
{
	return isatty(fd);
}

size_t os_terminal_columns(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int os_ask(const char *question)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	char first = '\0';
	char byte = '\0';
	int error;

	if (fd < 0)
		return -ENXIO;
	/* What was typed before the question is no answer to it. */
	tcflush(fd, TCIFLUSH);
	error = os_write_all(fd, question, strlen(question));
	for (size_t i = 0; !error && byte != '\n'; i++) {
		long count = os_read(fd, &byte, 1);

		if (count <= 0)
			break;
		if (i == 0)
			first = byte;
	}
	close(fd);
	/* Nor is a line that somebody has begun, and then hung up. */
	return error ? error : byte == '\n' && (first == 'y' || first == 'Y');
}

int64_t os_own_pid(void)
{
	return getpid();
}

int os_process_name(int64_t pid, struct buffer *name)
{
	(void)pid;
	(void)name;
	return -ENOSYS;
}

int os_process_user(int64_t pid, struct buffer *user)
{
	(void)pid;
	(void)user;
	return -ENOSYS;
}

bool os_is_system_process(int64_t pid, const char **ret_why)
{
	if (pid == 0) {
		*ret_why = "it is the kernel, which no signal ends";
		return true;
	}
	if (pid == 1) {
		*ret_why = os_about_init();
		return true;
	}
	return false;
}

void os_raise_open_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* All that POSIX names, and SIGWINCH. */
static const struct {
	const char *name;
	int number;
} signals[] = {
	{"SIGHUP", SIGHUP},
	{"SIGINT", SIGINT},
	{"SIGQUIT", SIGQUIT},
	{"SIGILL", SIGILL},
	{"SIGTRAP", SIGTRAP},
	{"SIGABRT", SIGABRT},
	{"SIGBUS", SIGBUS},
	{"SIGFPE", SIGFPE},
	{"SIGKILL", SIGKILL},
	{"SIGUSR1", SIGUSR1},
	{"SIGSEGV", SIGSEGV},
	{"SIGUSR2", SIGUSR2},
	{"SIGPIPE", SIGPIPE},
	{"SIGALRM", SIGALRM},
	{"SIGTERM", SIGTERM},
	{"SIGCHLD", SIGCHLD},
	{"SIGCONT", SIGCONT},
	{"SIGSTOP", SIGSTOP},
	{"SIGTSTP", SIGTSTP},
	{"SIGTTIN", SIGTTIN},
	{"SIGTTOU", SIGTTOU},
	{"SIGURG", SIGURG},
	{"SIGXCPU", SIGXCPU},
	{"SIGXFSZ", SIGXFSZ},
	{"SIGVTALRM", SIGVTALRM},
	{"SIGPROF", SIGPROF},
	{"SIGWINCH", SIGWINCH},
	{"SIGSYS", SIGSYS},
};

int os_signal_number(const char *name, int *ret_signal)
{
	uint64_t number;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (strcasecmp(name, signals[i].name) == 0 ||
			strcasecmp(name, signals[i].name + strlen("SIG")) == 0) {
			*ret_signal = signals[i].number;
			return 0;
		}
	}
	/* Not 0, which asks whether a process is there and ends nothing. */
	if (number_parse(bytes_of(name), 64, &number) || number == 0)
		return -EINVAL;
	*ret_signal = (int)number;
	return 0;
}

const char *os_signal_name(int signal, char buffer[OS_SIGNAL_NAME_MAX])
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (signals[i].number == signal)
			return signals[i].name;
	snprintf(buffer, OS_SIGNAL_NAME_MAX, "signal %d", signal);
	return buffer;
}

int os_signal_terminate(void)
{
	return SIGTERM;
}

int os_signal_kill(void)
{
	return SIGKILL;
}

int64_t os_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void os_pause(int64_t milliseconds)
{
	int64_t deadline = os_clock() + milliseconds;
	int64_t left = milliseconds;

	while (left > 0) {
		(void)poll(NULL, 0, (int)left);
		left = deadline - os_clock();
	}
}

int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX])
{
	time_t time = (time_t)seconds;
	struct tm parts;

	if (time != seconds || !gmtime_r(&time, &parts) ||
		strftime(ret_text, OS_UTC_MAX, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		return -EOVERFLOW;
	return 0;
}
