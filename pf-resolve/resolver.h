/*
 * Names of processes and users, of this machine or of a capture.
 */
#ifndef PF_RESOLVER_H
#define PF_RESOLVER_H

#include "process_names.h"

struct resolver;

/*
 * `replay` is a capture's directory, or NULL for this machine, of which alone
 * `questions` are asked; these stay the caller's. A capture that is a single file,
 * or "-", has no names to give. Returns 0 or a negative errno; the owner calls
 * resolver_free(). What is wrong with a file of the capture is said on stderr.
 */
int resolver_new(const char *replay, const struct process_questions *questions,
	struct resolver **ret_resolver);

/*
 * Gives the names that the listener lacks; data NULL for those that it has and
 * those that can't be found. The views hold until the next call. Returns 0 or
 * -ENOMEM.
 */
int resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user);

/* How many processes a name is not known of because this user may not look into them. */
size_t resolver_hidden_count(const struct resolver *resolver);

/* True where a file of the capture was bad. */
bool resolver_has_trouble(const struct resolver *resolver);

void resolver_free(struct resolver *resolver);

#endif
