/*
 * Lines of passwd(5), from /etc/passwd or from getent(1); pure.
 */
#ifndef PF_PASSWD_H
#define PF_PASSWD_H

#include <stdint.h>

#include "base/bytes.h"

struct passwd_user {
	uint32_t uid;
	struct bytes name; /* a view into the text */
};

/*
 * Cuts the lines up to the next user off the front of *text. Lines that are not entries are
 * skipped, as the C library does. Returns false at the end.
 */
bool passwd_next(struct bytes *text, struct passwd_user *ret_user);

#endif
