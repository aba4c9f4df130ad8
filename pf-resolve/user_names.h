/*
 * Names of users by their uid: from /etc/passwd, and from what else the machine asks.
 */
#ifndef PF_USER_NAMES_H
#define PF_USER_NAMES_H

#include "user_index.h"

/* So many are kept in mind; what comes then makes the earlier ones be asked for anew. */
enum { USERS_CACHED_MAX = 64 * 1024 };

/* Starts from {.ask = …}; the owner calls user_names_release(). */
struct user_names {
	/*
	 * Tells of users whom /etc/passwd lacks: appends lines of passwd(5) for those that
	 * there are. Returns 0, -ENOMEM, or another negative errno where the rest can't be
	 * told, and why was said. NULL: nobody is asked; also after it has failed once.
	 */
	int (*ask)(const uint32_t *uids, size_t count, struct buffer *passwd);
	struct user_index local; /* /etc/passwd */
	struct user_index cached; /* what ask() has told */
};

/*
 * True where it is known who has the uid: *ret_name then is a view that holds until
 * the next call of user_names_ask(), or has data NULL: nobody has it, or nobody can
 * be asked. False where user_names_ask() has to come first.
 */
bool user_names_find(const struct user_names *names, uint32_t uid, struct bytes *ret_name);

/*
 * Asks for uids that aren't known, all at once. They come in any order, and more
 * than once; they leave sorted. Returns 0 or -ENOMEM.
 */
int user_names_ask(struct user_names *names, uint32_t *uids, size_t count);

void user_names_release(struct user_names *names);

#endif
