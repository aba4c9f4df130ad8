/*
 * Names of users by uid.
 */
#ifndef PF_USER_INDEX_H
#define PF_USER_INDEX_H

#include <stdint.h>

#include "base/buffer.h"

struct user_entry {
	uint32_t uid;
	size_t name; /* where the name begins in `text` */
	size_t length; /* of the name; 0: no user has the uid */
};

/* Starts from {0}; the owner calls user_index_release(). */
struct user_index {
	struct buffer text;
	struct user_entry *entries; /* one per uid, sorted by it */
	size_t count;
	size_t capacity;
};

/*
 * Indexes the users in `text`, which the caller filled with lines of passwd(5). Of several users
 * with one uid the first counts, as for the C library. Returns 0 or -ENOMEM.
 */
int user_index_read(struct user_index *index);

/*
 * Adds the names that `answer` has for these uids, none of which is in the index, or that no user
 * has the uid. Other users in `answer` are ignored. Returns 0 or -ENOMEM.
 */
int user_index_add(struct user_index *index, const uint32_t *uids, size_t count,
	const struct user_index *answer);

/*
 * True if the uid is in the index: *ret_name is then a view valid until the next addition, with
 * data NULL if no user has the uid.
 */
bool user_index_find(const struct user_index *index, uint32_t uid, struct bytes *ret_name);

void user_index_release(struct user_index *index);

#endif
