/*
 * Names of processes and users, of this machine or of a capture.
 */
#ifndef PF_RESOLVER_H
#define PF_RESOLVER_H

#include "process_names.h"
#include "user_names.h"

struct resolver;

/* What is asked of this machine. */
struct resolver_questions {
	struct process_questions processes;
	int (*users)(const uint32_t *uids, size_t count, struct buffer *passwd); /* user_names.h */
};

/*
 * `replay` is a capture's directory, or NULL for this machine, of which alone
 * `questions` are asked; these stay the caller's. A capture that is a single file,
 * or "-", has no names to give. Returns 0 or a negative errno; the owner calls
 * resolver_free(). What is wrong with a file of names is said on stderr.
 */
int resolver_new(const char *replay, const struct resolver_questions *questions,
	struct resolver **ret_resolver);

/*
 * Gives the names that the listener lacks; data NULL for those that it has and
 * those that can't be found. The views hold until the next call. Returns whether the
 * name of the listener's uid has to be asked for.
 */
bool resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user);

/*
 * Asks for the users with these uids, all at once: those that have to be asked for.
 * `uids` come in any order, and more than once; they leave sorted. Returns 0 or -ENOMEM.
 */
int resolver_ask_users(struct resolver *resolver, uint32_t *uids, size_t count);

/* The name of a user who was asked for, as a view until the next call; data NULL: nobody. */
struct bytes resolver_user(const struct resolver *resolver, uint32_t uid);

/* Where proc/PID may be, of this machine or of the capture; NULL: there is none. */
const struct os_directory *resolver_root(const struct resolver *resolver);

/* How many processes a name is not known of because this user may not look into them. */
size_t resolver_hidden_count(const struct resolver *resolver);

/* The processes that could not be looked into for another reason. */
const struct process_failure *resolver_failure(const struct resolver *resolver);

/* True where a file of names was bad, or could not be read. */
bool resolver_has_error(const struct resolver *resolver);

void resolver_free(struct resolver *resolver);

#endif
