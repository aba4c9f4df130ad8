#include "os/os.h"

#include <mach-o/dyld.h>

#include "base/error.h"

int os_executable_path(char *ret_path, size_t size)
{
	char path[OS_PATH_MAX];
	uint32_t path_size = sizeof(path);
	char *resolved;
	size_t length;

	/* dyld(3): it returns "a path", as the program was started, not "a real path". */
	if (_NSGetExecutablePath(path, &path_size))
		return -ENAMETOOLONG;
	resolved = realpath(path, NULL);
	if (!resolved)
		return negative_errno();
	length = strlen(resolved);
	if (length < size)
		memcpy(ret_path, resolved, length + 1);
	free(resolved);
	return length < size ? 0 : -ENAMETOOLONG;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"lsof", NULL};

	return collectors;
}

/* Without -l, macOS' netstat(1) truncates IPv6 addresses to 16 characters. */
const char *os_bsd_netstat_flags(void)
{
	return "-anl";
}

const char *os_what_hides_from_root(void)
{
	return "the kernel's, or opened just now; list again";
}
