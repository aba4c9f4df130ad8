#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"

/*
 * Opens the lowest free descriptor, a standard one, in the wrong mode on purpose: using it stays an
 * error.
 */
static void open_unusable(int fd)
{
	if (open("/dev/null", fd == OS_STDIN ? O_WRONLY : O_RDONLY) < 0)
		(void)open("/", O_RDONLY);
}

void os_prepare_process(int *argc, char **argv[])
{
	(void)argc;
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	/* Beyond the limit of ulimit -f, write(2) then fails with EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
	/* If the parent left it ignored, the kernel discards the children's exit statuses. */
	signal(SIGCHLD, SIG_DFL);
	for (int fd = OS_STDIN; fd <= OS_STDERR; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open_unusable(fd);
}

/* True for a socket that holds a port: it listens, or it is a datagram socket without a peer. */
static bool holds_port(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_storage room;
	} peer;
	socklen_t length = sizeof(peer);
	int is_listening = 0;
	int type = 0;
	socklen_t size = sizeof(int);

	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size))
		return false;
	if (type == SOCK_DGRAM)
		return getpeername(fd, &peer.any, &length) != 0;
	size = sizeof(int);
	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) == 0 && is_listening;
}

void os_drop_inherited_sockets(void)
{
	struct os_directory own = {0};
	struct stat status;
	const char *name = "";
	uint64_t fd;

	/* Nothing could be read from it or written to it. */
	for (int standard = OS_STDIN; standard <= OS_STDERR; standard++)
		if (holds_port(standard)) {
			close(standard);
			open_unusable(standard);
		}
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

int64_t os_own_pid(void)
{
	return getpid();
}

void os_raise_open_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int os_set_variable(const char *name, const char *value)
{
	return (value ? setenv(name, value, 1) : unsetenv(name)) ? negative_errno() : 0;
}
