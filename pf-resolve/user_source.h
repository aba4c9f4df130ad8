/*
 * This machine's sources of users missing from /etc/passwd. This is an edge: it reports errors on
 * stderr.
 */
#ifndef PF_USER_SOURCE_H
#define PF_USER_SOURCE_H

#include "user_names.h"

/*
 * The `ask` of struct user_names: runs the machine's program, each time for up to thousands of
 * uids, or asks the C library. A machine without the program has no such users.
 */
int user_source_ask(const uint32_t *uids, size_t count, struct buffer *passwd);

#endif
