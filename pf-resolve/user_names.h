/*
 * Names of users by their uid.
 */
#ifndef PF_USER_NAMES_H
#define PF_USER_NAMES_H

#include "os.h"

enum { USER_CACHE_SIZE = 64 }; /* a power of two */

struct user_entry {
	uint32_t uid;
	struct buffer name;
	bool is_known;
	bool is_used;
};

/* Starts from {.is_live = …}; the owner calls user_names_release(). */
struct user_names {
	bool is_live; /* the OS is asked for users whom /etc/passwd lacks */
	struct buffer passwd; /* the text of /etc/passwd */
	struct user_entry cache[USER_CACHE_SIZE];
};

/*
 * Gives the name of a user, a view that holds until the next call; where it is
 * not known, *ret_name is untouched. Returns 0 or -ENOMEM.
 */
int user_names_find(struct user_names *names, uint32_t uid, struct bytes *ret_name);

void user_names_release(struct user_names *names);

#endif
