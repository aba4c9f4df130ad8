#include "os/os.h"

#include <errno.h>

/*
 * The C library looks users up in modules that it loads (nsswitch.conf(5)). A static program can't
 * load them, but getent(1) of the machine can.
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
