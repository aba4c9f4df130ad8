/*
 * Systems other than Linux show every process, and have one namespace.
 */
#include "os/os.h"

bool os_has_processes(void)
{
	return true;
}

int64_t os_overflow_uid(void)
{
	return -1;
}

bool os_share_descriptors(int64_t thread, int64_t other)
{
	(void)thread;
	(void)other;
	return false;
}
