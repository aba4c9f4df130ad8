/*
 * Whether a pid still belongs to the process that a line is about.
 */
#ifndef PF_PROCESS_IDENTITY_H
#define PF_PROCESS_IDENTITY_H

#include <errno.h>

#include "stream/listener.h"

/*
 * Returns 0 if it does, or if the line has no identity to compare; -EEXIST if the pid belongs to
 * another process by now; or the error of `ask`, which is os_process_identity() or a stand-in.
 */
static inline int process_identity_check(
	int64_t pid, int64_t identity, int (*ask)(int64_t pid, int64_t *ret_identity))
{
	int64_t now;
	int error = identity == LISTENER_NONE ? 0 : ask(pid, &now);

	if (error || identity == LISTENER_NONE)
		return error;
	return now == identity ? 0 : -EEXIST;
}

#endif
