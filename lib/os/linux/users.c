#include "os/os.h"

#include <errno.h>

/*
 * Users come from modules that the C library loads (nsswitch.conf(5)). A static program can't
 * load them, so the machine's own program is asked.
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
