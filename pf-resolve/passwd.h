/*
 * The user database /etc/passwd, passwd(5); pure.
 */
#ifndef PF_PASSWD_H
#define PF_PASSWD_H

#include <stdint.h>

#include "bytes.h"

/*
 * Finds the first user with this uid. Returns 0 and a view into `text`, or
 * -ENOENT. Lines that are no entry are passed over, as the C library does.
 */
int passwd_find(struct bytes text, uint32_t uid, struct bytes *ret_name);

#endif
