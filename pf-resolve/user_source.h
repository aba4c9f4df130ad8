/*
 * What this machine tells of users whom /etc/passwd lacks. This is an edge: what goes
 * wrong is said here, on stderr.
 */
#ifndef PF_USER_SOURCE_H
#define PF_USER_SOURCE_H

#include "user_names.h"

/*
 * What struct user_names asks: by runs of the machine's program, each for thousands of uids,
 * or of its C library. A machine that has no such program has no such users.
 */
int user_source_ask(const uint32_t *uids, size_t count, struct buffer *passwd);

#endif
