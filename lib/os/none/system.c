/*
 * The answers of a system that nobody has ported pf to: captures replay, lists are shown with
 * lsof, and nothing is ever killed. A port copies this file and answers what it can.
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

/* All BSDs have these; OpenBSD has no -W, which FreeBSD needs for long addresses. */
const char *os_bsd_netstat_flags(void)
{
	return "-an";
}

const char *os_what_hides_from_root(void)
{
	return "the kernel's, or opened just now; list again";
}
