/*
 * Stubs for a system without a port; see handle.c.
 */
#include "os/os.h"

#include <errno.h>

int os_executable_path(char *ret_path, size_t size)
{
	(void)ret_path;
	(void)size;
	return -ENOSYS;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"lsof", NULL};

	return collectors;
}

/* All BSDs have these options. FreeBSD needs -W for long addresses, which OpenBSD lacks. */
const char *os_bsd_netstat_flags(void)
{
	return "-an";
}

const char *os_what_hides_from_root(void)
{
	return "the kernel's, or opened just now; list again";
}
