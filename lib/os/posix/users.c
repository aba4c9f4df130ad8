/*
 * Asks the C library for users.
 */
#include "os/os.h"

#include <errno.h>
#include <pwd.h>

const char *os_user_tool(void)
{
	return NULL;
}

int os_user_name(uint32_t uid, struct buffer *name)
{
	char space[4096];
	struct passwd entry;
	struct passwd *found;
	int error = getpwuid_r(uid, &entry, space, sizeof(space), &found);

	if (error || !found)
		return error ? -error : -ENOENT;
	return buffer_append_text(name, entry.pw_name);
}
