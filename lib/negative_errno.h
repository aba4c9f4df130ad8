/*
 * errno as the functions of this project return it.
 */
#ifndef PF_NEGATIVE_ERRNO_H
#define PF_NEGATIVE_ERRNO_H

#include <errno.h>

/* Never 0, which would make a success of a call that failed and forgot to say why. */
static inline int negative_errno(void)
{
	int error = errno;

	return error > 0 ? -error : -EIO;
}

#endif
