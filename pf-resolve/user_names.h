/*
 * Names of users by uid: from /etc/passwd, and from the machine's other sources.
 */
#ifndef PF_USER_NAMES_H
#define PF_USER_NAMES_H

#include "user_index.h"

/* When this many are cached, the next ones replace them all. */
enum { USERS_CACHED_MAX = 64 * 1024 };

/* Starts from {.ask = …}; the owner calls user_names_release(). */
struct user_names {
	/*
	 * Looks up users missing from /etc/passwd: appends lines of passwd(5) for those that
	 * exist. Returns 0, -ENOMEM, or another negative errno, already reported, if the rest
	 * stay unknown. NULL: there is no other source, or it failed once.
	 */
	int (*ask)(const uint32_t *uids, size_t count, struct buffer *passwd);
	struct user_index local; /* /etc/passwd */
	struct user_index cached; /* answers of ask() */
};

/*
 * True if the answer is known: *ret_name is then a view valid until the next user_names_ask(), with
 * data NULL if no user has the uid or there is no other source. False if user_names_ask() has to
 * come first.
 */
bool user_names_find(const struct user_names *names, uint32_t uid, struct bytes *ret_name);

/*
 * Asks for unknown uids, all at once. They may come in any order and repeatedly; they leave sorted.
 * Returns 0 or -ENOMEM.
 */
int user_names_ask(struct user_names *names, uint32_t *uids, size_t count);

void user_names_release(struct user_names *names);

#endif
