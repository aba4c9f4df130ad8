/*
 * Names of users, to be found by uid.
 */
#ifndef PF_USER_INDEX_H
#define PF_USER_INDEX_H

#include <stdint.h>

#include "base/buffer.h"

struct user_entry {
	uint32_t uid;
	size_t name; /* where the name begins in the text */
	size_t length; /* of the name; 0: nobody has the uid */
};

/* Starts from {0}; the owner calls user_index_release(). */
struct user_index {
	struct buffer text;
	struct user_entry *entries; /* one a uid, in their order */
	size_t count;
	size_t capacity;
};

/*
 * Takes the users of the index's text, lines of passwd(5) that were put there. Of
 * several with one uid the first counts, as for the C library. Returns 0 or -ENOMEM.
 */
int user_index_read(struct user_index *index);

/*
 * Adds what `told` tells of these uids, none of which is in the index: its name, or that
 * nobody has it. Other users in `told` stay out. Returns 0 or -ENOMEM.
 */
int user_index_add(struct user_index *index, const uint32_t *uids, size_t count,
	const struct user_index *answer);

/*
 * True where the uid is in the index: *ret_name then is a view that holds until the next
 * addition, or has data NULL where nobody has the uid.
 */
bool user_index_find(const struct user_index *index, uint32_t uid, struct bytes *ret_name);

void user_index_release(struct user_index *index);

#endif
