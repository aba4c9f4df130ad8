/*
 * The answers on a system that nobody has ported pf to yet, and the template
 * for doing so: captures replay, lists are shown, and nothing is ever killed.
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

const char *os_what_hides_from_root(void)
{
	return "it is the kernel's own, or was opened just now; list again";
}

/* All BSDs have these; OpenBSD has no -W, which FreeBSD needs for long addresses. */
const char *os_bsd_netstat_flags(void)
{
	return "-an";
}

bool os_list_lets_write(const char *path, unsigned mode)
{
	(void)path;
	(void)mode;
	return false;
}

const char *os_about_init(void)
{
	return "it is init, which may hold the socket for a service that it starts on demand: "
	       "stop that service instead";
}

int os_process_start(int64_t pid, int64_t *ret_start)
{
	(void)pid;
	(void)ret_start;
	return -ENOSYS;
}

int os_process_started(int64_t pid, int64_t *ret_when)
{
	(void)pid;
	(void)ret_when;
	return -ENOSYS;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	(void)pid;
	(void)ret_parent;
	return -ENOSYS;
}

int os_process_open(int64_t pid, int64_t start, struct os_process *ret_process)
{
	(void)pid;
	(void)start;
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
