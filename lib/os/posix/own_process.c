#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"

void os_prepare_process(int *argc, char **argv[])
{
	(void)argc;
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	/* Beyond the limit of ulimit -f, write(2) then fails with EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
	/* If the parent left it ignored, the kernel discards the children's exit statuses. */
	signal(SIGCHLD, SIG_DFL);
	for (int fd = OS_STDIN; fd <= OS_STDERR; fd++) {
		/* The wrong mode on purpose: using a closed descriptor stays an error. */
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
