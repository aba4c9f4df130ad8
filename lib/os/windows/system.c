#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/wide.h"

int os_executable_path(char *ret_path, size_t size)
{
	wchar_t path[OS_PATH_MAX];
	DWORD length = GetModuleFileNameW(NULL, path, OS_PATH_MAX);
	int error;

	if (length == 0 || length == OS_PATH_MAX)
		return length ? -ENAMETOOLONG : windows_error();
	error = wide_copy(ret_path, size, path);
	for (char *at = ret_path; !error && *at; at++)
		if (*at == '\\')
			*at = '/';
	return error;
}

const char *os_what_hides_from_root(void)
{
	return "the kernel's, or its process has just ended; list again";
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"iphlpapi", "netstat", NULL};

	return collectors;
}

/* Windows' netstat is another program. */
const char *os_bsd_netstat_flags(void)
{
	return NULL;
}
