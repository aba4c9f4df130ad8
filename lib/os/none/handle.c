/*
 * Stubs for a system without a port: captures can be replayed, lsof lists sockets, and nothing is
 * ever killed. To port pf, copy this file and implement what the system can do.
 */
#include "os/os.h"

#include <errno.h>

int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process)
{
	(void)pid;
	(void)identity;
	(void)ret_process;
	return -ENOSYS;
}

int os_process_signal(const struct os_process *process, int signal)
{
	(void)process;
	(void)signal;
	return -ENOSYS;
}

int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended)
{
	(void)processes;
	(void)count;
	(void)milliseconds;
	(void)ret_ended;
	return -ENOSYS;
}

void os_process_close(struct os_process *process)
{
	(void)process;
}
