/*
 * Access control lists, acl(5), without libacl.
 */
#include "os/os.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/xattr.h>

bool os_acl_lets_write(const char *path, unsigned mode)
{
	/* With a list, the group bits are its mask: the most that listed users and groups get. */
	if (!(mode & S_IWGRP))
		return false;
	return getxattr(path, "system.posix_acl_access", NULL, 0) >= 0 ||
		(errno != ENODATA && errno != ENOTSUP);
}
