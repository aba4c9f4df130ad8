#include "user_names.h"

#include <errno.h>

#include "passwd.h"

static int fill(const struct user_names *names, struct user_entry *entry)
{
	struct bytes name;
	int error;

	entry->name.length = 0;
	if (passwd_find(buffer_bytes(&names->passwd), entry->uid, &name) == 0)
		error = buffer_append(&entry->name, name.data, name.length);
	else
		error = names->is_live ? os_user_name(entry->uid, &entry->name) : -ENOENT;
	entry->is_known = !error;
	return error == -ENOMEM ? error : 0;
}

int user_names_find(struct user_names *names, uint32_t uid, struct bytes *ret_name)
{
	struct user_entry *entry = &names->cache[uid % USER_CACHE_SIZE];
	int error = 0;

	if (!entry->is_used || entry->uid != uid) {
		entry->uid = uid;
		error = fill(names, entry);
		entry->is_used = !error;
	}
	if (!error && entry->is_known)
		*ret_name = buffer_bytes(&entry->name);
	return error;
}

void user_names_release(struct user_names *names)
{
	for (size_t i = 0; i < USER_CACHE_SIZE; i++)
		buffer_release(&names->cache[i].name);
	buffer_release(&names->passwd);
}
