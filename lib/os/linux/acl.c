/*
 * Access control lists, acl(5), without the library of that name.
 */
#include "os/os.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/xattr.h>

bool os_list_lets_write(const char *path, unsigned mode)
{
	/* Where there is a list, the bits of the group are the most that anybody on it has. */
	if (!(mode & S_IWGRP))
		return false;
	return getxattr(path, "system.posix_acl_access", NULL, 0) >= 0 ||
		(errno != ENODATA && errno != ENOTSUP);
}
