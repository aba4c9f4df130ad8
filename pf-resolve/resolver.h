/*
 * Names of processes and users, of this machine or of a capture.
 */
#ifndef PF_RESOLVER_H
#define PF_RESOLVER_H

#include "listener.h"
#include "os.h"

struct resolver;

/*
 * `replay` is a capture's directory, or NULL for this machine. A capture that is
 * a single file, or "-", has no names to give. Returns 0 or a
 * negative errno; the owner calls resolver_free().
 */
int resolver_new(const char *replay, struct resolver **ret_resolver);

/*
 * Gives the names that the listener lacks; data NULL for those that it has and
 * those that can't be found. The views hold until the next call. Returns 0 or
 * -ENOMEM.
 */
int resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user);

void resolver_free(struct resolver *resolver);

#endif
