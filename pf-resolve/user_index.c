#include "user_index.h"

#include <errno.h>

#include "base/array.h"
#include "base/number.h"
#include "passwd.h"

static int compare_uids(const void *a, const void *b)
{
	return number_compare(
		((const struct user_entry *)a)->uid, ((const struct user_entry *)b)->uid);
}

/* qsort() is not stable: of equal entries, the earlier one comes first. */
static int compare_entries(const void *a, const void *b)
{
	int order = compare_uids(a, b);

	return order ? order
		     : number_compare((int64_t)((const struct user_entry *)a)->name,
			       (int64_t)((const struct user_entry *)b)->name);
}

static void sort(struct user_index *index)
{
	size_t kept = 0;

	if (index->count)
		qsort(index->entries, index->count, sizeof(*index->entries), compare_entries);
	for (size_t i = 0; i < index->count; i++)
		if (!kept || index->entries[kept - 1].uid != index->entries[i].uid)
			index->entries[kept++] = index->entries[i];
	index->count = kept;
}

static int append(struct user_index *index, struct user_entry entry)
{
	struct user_entry *entries = array_reserve(
		index->entries, index->count, &index->capacity, sizeof(*entries));

	if (!entries)
		return -ENOMEM;
	index->entries = entries;
	entries[index->count++] = entry;
	return 0;
}

int user_index_read(struct user_index *index)
{
	struct bytes rest = buffer_bytes(&index->text);
	struct passwd_user user;
	int error = 0;

	while (!error && passwd_next(&rest, &user))
		error = append(index,
			(struct user_entry){
				.uid = user.uid,
				.name = (size_t)(user.name.data - index->text.data),
				.length = user.name.length,
			});
	sort(index);
	return error;
}

int user_index_add(struct user_index *index, const uint32_t *uids, size_t count,
	const struct user_index *answer)
{
	int error = 0;

	for (size_t i = 0; !error && i < count; i++) {
		struct user_entry entry = {.uid = uids[i], .name = index->text.length};
		struct bytes name = {0};

		(void)user_index_find(answer, uids[i], &name);
		entry.length = name.length;
		error = buffer_append(&index->text, name.data, name.length);
		if (!error)
			error = append(index, entry);
	}
	sort(index);
	return error;
}

bool user_index_find(const struct user_index *index, uint32_t uid, struct bytes *ret_name)
{
	const struct user_entry wanted = {.uid = uid};
	const struct user_entry *found = index->count
		? bsearch(&wanted, index->entries, index->count, sizeof(wanted), compare_uids)
		: NULL;

	if (!found)
		return false;
	*ret_name = found->length ? (struct bytes){index->text.data + found->name, found->length}
				  : (struct bytes){0};
	return true;
}

void user_index_release(struct user_index *index)
{
	buffer_release(&index->text);
	free(index->entries);
	*index = (struct user_index){0};
}
