/*
 * errno as the functions of this project return it: 0 or a negative errno.
 */
#ifndef PF_ERROR_H
#define PF_ERROR_H

#include <errno.h>
#include <stdbool.h>

/* Never 0, which would make a success of a call that failed and forgot to say why. */
static inline int negative_errno(void)
{
	int error = errno;

	return error > 0 ? -error : -EIO;
}

/* Ordinary while processes come and go: ENOENT and ENOTDIR before an open, ESRCH after it. */
static inline bool error_is_gone(int error)
{
	return error == -ENOENT || error == -ESRCH || error == -ENOTDIR;
}

static inline bool error_is_denied(int error)
{
	return error == -EACCES || error == -EPERM;
}

#endif
