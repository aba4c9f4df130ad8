#include "user_names.h"

#include <errno.h>

#include "base/number.h"

bool user_names_find(const struct user_names *names, uint32_t uid, struct bytes *ret_name)
{
	if (user_index_find(&names->local, uid, ret_name) ||
		user_index_find(&names->cached, uid, ret_name))
		return true;
	if (!names->ask)
		*ret_name = (struct bytes){0};
	return !names->ask;
}

static int compare_uids(const void *a, const void *b)
{
	return number_compare(*(const uint32_t *)a, *(const uint32_t *)b);
}

/* Sorts, moves the distinct ones to the front, and returns their number. */
static size_t sort_uids(uint32_t *uids, size_t count)
{
	size_t kept = 0;

	qsort(uids, count, sizeof(*uids), compare_uids);
	for (size_t i = 0; i < count; i++)
		if (!kept || uids[kept - 1] != uids[i])
			uids[kept++] = uids[i];
	return kept;
}

int user_names_ask(struct user_names *names, uint32_t *uids, size_t count)
{
	struct user_index answer = {0};
	size_t different = count ? sort_uids(uids, count) : 0;
	int error;

	if (!different || !names->ask)
		return 0;
	if (names->cached.count + different > USERS_CACHED_MAX)
		user_index_release(&names->cached);
	error = names->ask(uids, different, &answer.text);
	/* A source that hung would hang again. */
	if (error)
		names->ask = NULL;
	if (error != -ENOMEM)
		error = user_index_read(&answer);
	if (!error)
		error = user_index_add(&names->cached, uids, different, &answer);
	user_index_release(&answer);
	return error;
}

void user_names_release(struct user_names *names)
{
	user_index_release(&names->local);
	user_index_release(&names->cached);
}
