#include "os/os.h"

#include <errno.h>
#include <limits.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/error.h"

/* Without /proc: the path that was passed to execve(2). */
static int executed_path(char *ret_path, size_t size)
{
	/* getauxval(3) returns a number. NOLINTNEXTLINE(performance-no-int-to-ptr) */
	const char *start = (const char *)getauxval(AT_EXECFN);
	char path[PATH_MAX];

	if (!start)
		return -ENOENT;
	if (!realpath(start, path))
		return negative_errno();
	if (strlen(path) >= size)
		return -ENAMETOOLONG;
	memcpy(ret_path, path, strlen(path) + 1);
	return 0;
}

int os_executable_path(char *ret_path, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", ret_path, size - 1);

	if (length < 0)
		return executed_path(ret_path, size);
	ret_path[length] = '\0';
	return 0;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"proc", "lsof", NULL};

	return collectors;
}

/* netstat of net-tools prints another format. */
const char *os_bsd_netstat_flags(void)
{
	return NULL;
}

const char *os_what_hides_from_root(void)
{
	return "the kernel's, sent to a process that has not received it, an io_uring's, or a "
	       "security module hides the process";
}
