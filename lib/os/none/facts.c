/*
 * Linux: pf-resolve reads these from /proc, or from a capture of it. Elsewhere: unknown.
 */
#include "os/os.h"

#include <errno.h>

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}
