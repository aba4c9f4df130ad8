#include "os/os.h"

#include <errno.h>

/*
 * The sources of users are modules that a C library loads (nsswitch.conf(5)). A static
 * program has no loader, and of another C library it would be: so the machine's own
 * program asks its own.
 */
const char *os_user_tool(void)
{
	return "getent";
}

int os_user_name(uint32_t uid, struct buffer *name)
{
	(void)uid;
	(void)name;
	return -ENOSYS;
}
