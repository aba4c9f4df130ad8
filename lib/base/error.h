/*
 * Functions of this project return 0 or a negative errno.
 */
#ifndef PF_ERROR_H
#define PF_ERROR_H

#include <errno.h>
#include <stdbool.h>

/* Never 0: a call that fails without setting errno must not look like a success. */
static inline int negative_errno(void)
{
	int error = errno;

	return error > 0 ? -error : -EIO;
}

/*
 * True if the process has ended, which is normal during a scan of /proc: opening its files fails
 * with ENOENT or ENOTDIR, reading them with ESRCH.
 */
static inline bool error_is_gone(int error)
{
	return error == -ENOENT || error == -ESRCH || error == -ENOTDIR;
}

static inline bool error_is_denied(int error)
{
	return error == -EACCES || error == -EPERM;
}

#endif
