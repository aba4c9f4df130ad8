/*
 * Here the collector reports names and users, or pf-resolve reads them from /proc.
 */
#include "os/os.h"

#include <errno.h>

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
