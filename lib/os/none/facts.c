/*
 * On Linux, pf-resolve reads the facts from /proc, or from a capture of it. On other systems they
 * are unknown.
 */
#include "os/os.h"

#include <errno.h>

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}
