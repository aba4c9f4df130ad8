/*
 * The answers of a system that nobody has ported pf to: captures replay, lists are shown with
 * lsof, and nothing is ever killed. A port copies this file and answers what it can.
 */
#include "os/os.h"

#include <errno.h>

int os_process_identity(int64_t pid, int64_t *ret_start)
{
	(void)pid;
	(void)ret_start;
	return -ENOSYS;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_when)
{
	(void)pid;
	(void)ret_when;
	return -ENOSYS;
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	(void)pid;
	(void)ret_parent;
	return -ENOSYS;
}

int os_process_name(int64_t pid, struct buffer *name)
{
	(void)pid;
	(void)name;
	return -ENOSYS;
}

int os_process_user(int64_t pid, struct buffer *user)
{
	(void)pid;
	(void)user;
	return -ENOSYS;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}
