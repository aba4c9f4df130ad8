/*
 * Names of processes and users, of this machine or of a capture.
 */
#ifndef PF_RESOLVER_H
#define PF_RESOLVER_H

#include "process_names.h"
#include "user_names.h"

struct resolver;

/* The questions to this machine. */
struct resolver_questions {
	struct process_questions processes;
	int (*users)(const uint32_t *uids, size_t count, struct buffer *passwd); /* user_names.h */
};

/*
 * `replay` is a capture's directory, or NULL for this machine; only this machine is asked
 * `questions`, which stay the caller's. A capture that is a single file, or "-", has no names.
 * Returns 0 or a negative errno; the owner calls resolver_free(). Errors in a file of names are
 * reported on stderr.
 */
int resolver_new(const char *replay, const struct resolver_questions *questions,
	struct resolver **ret_resolver);

/*
 * Gives the names that the listener lacks; data NULL for those that it has and those that are not
 * found. The views are valid until the next call. Returns whether the name of the listener's uid
 * has to be asked for.
 */
bool resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user);

/*
 * Asks for the users with these uids, all at once. `uids` may come in any order and repeatedly;
 * they leave sorted. Returns 0 or -ENOMEM.
 */
int resolver_ask_users(struct resolver *resolver, uint32_t *uids, size_t count);

/* The name of a user who was asked for, valid until the next call; data NULL: unknown. */
struct bytes resolver_user(const struct resolver *resolver, uint32_t uid);

/* Contains proc/PID, of this machine or of the capture; NULL: there is none. */
const struct os_directory *resolver_root(const struct resolver *resolver);

/* The number of processes whose names are unknown for want of permission. */
/* Says on stderr which processes had ended when tasklist.csv was written. */
void resolver_say_ended(const struct resolver *resolver);

size_t resolver_hidden_count(const struct resolver *resolver);

/* Failures other than missing permission. */
const struct process_failure *resolver_failure(const struct resolver *resolver);

/* True if a file of names was bad, or could not be read. */
bool resolver_has_error(const struct resolver *resolver);

void resolver_free(struct resolver *resolver);

#endif
