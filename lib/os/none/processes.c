/*
 * Stubs for a system without a port; see handle.c.
 */
#include "os/os.h"

#include <errno.h>

int os_process_identity(int64_t pid, int64_t *ret_identity)
{
	(void)pid;
	(void)ret_identity;
	return -ENOSYS;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_ticks)
{
	(void)pid;
	(void)ret_ticks;
	return -ENOSYS;
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	(void)pid;
	(void)ret_parent;
	return -ENOSYS;
}
