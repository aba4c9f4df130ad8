#include "os/os.h"

#include <errno.h>

/* Users have no uid on Windows: see os_process_user(). */
const char *os_user_tool(void)
{
	return NULL;
}

int os_user_name(uint32_t uid, struct buffer *name)
{
	(void)uid;
	(void)name;
	return -ENOENT;
}
