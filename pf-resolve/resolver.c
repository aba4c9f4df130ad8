#include "resolver.h"

#include <errno.h>

#include "passwd.h"
#include "proc_comm.h"

/* Powers of two. Both caches overwrite: memory stays bounded, however long the stream. */
enum {
	COMMAND_CACHE_SIZE = 1024,
	USER_CACHE_SIZE = 64,
};

struct command_entry {
	int64_t pid;
	int64_t start;
	struct buffer name;
	bool is_known;
	bool is_used;
};

struct user_entry {
	uint32_t uid;
	struct buffer name;
	bool is_known;
	bool is_used;
};

struct resolver {
	bool live;
	bool has_root;
	struct os_directory root;
	struct buffer passwd;
	struct command_entry commands[COMMAND_CACHE_SIZE];
	struct user_entry users[USER_CACHE_SIZE];
};

int resolver_new(const char *replay, struct resolver **ret_resolver)
{
	struct resolver *resolver = calloc(1, sizeof(*resolver));
	int error;

	if (!resolver)
		return -ENOMEM;
	resolver->live = !replay;
	error = replay && strcmp(replay, "-") == 0
		? -ENOTDIR
		: os_directory_open(&resolver->root, NULL, replay ? replay : "/");
	if (error == -ENOTDIR) {
		*ret_resolver = resolver;
		return 0;
	}
	if (error) {
		free(resolver);
		return error;
	}
	resolver->has_root = true;
	/* A machine without the file has no local users; that is no error. */
	error = os_read_file(&resolver->root, "etc/passwd", &resolver->passwd);
	if (error == -ENOMEM) {
		resolver_free(resolver);
		return error;
	}
	*ret_resolver = resolver;
	return 0;
}

/* A capture is trusted to be of the machine that the lines are from. */
static bool is_listed_process(const struct resolver *resolver, int64_t pid, int64_t start)
{
	int64_t now;

	if (start == LISTENER_NONE || !resolver->live)
		return true;
	return os_process_start(pid, &now) == 0 && now == start;
}

static int find_command(const struct resolver *resolver, struct command_entry *entry)
{
	struct buffer *name = &entry->name;
	int error;

	name->length = 0;
	entry->is_known = false;
	error = proc_comm_read(&resolver->root, entry->pid, name);
	if (error)
		return error == -ENOMEM ? error : 0;
	/* Asked last: what was read before is the listed process's if it is still there. */
	entry->is_known = is_listed_process(resolver, entry->pid, entry->start);
	/* An empty name is a name, and has to have an address. */
	return buffer_reserve(name, 1);
}

static int look_up_command(
	struct resolver *resolver, const struct listener *listener, struct bytes *ret_command)
{
	struct command_entry *entry = &resolver->commands[listener->pid % COMMAND_CACHE_SIZE];
	/* Without a start, another process may have got the pid since it was looked up. */
	bool may_be_stale = resolver->live && listener->pid_start == LISTENER_NONE;
	int error = 0;

	if (!entry->is_used || may_be_stale || entry->pid != listener->pid ||
		entry->start != listener->pid_start) {
		entry->is_used = true;
		entry->pid = listener->pid;
		entry->start = listener->pid_start;
		error = find_command(resolver, entry);
		if (error)
			entry->is_used = false;
	}
	if (!error && entry->is_known)
		*ret_command = buffer_bytes(&entry->name);
	return error;
}

static int find_user(const struct resolver *resolver, struct user_entry *entry)
{
	struct bytes name;
	int error;

	entry->name.length = 0;
	if (passwd_find(buffer_bytes(&resolver->passwd), entry->uid, &name) == 0)
		error = buffer_append(&entry->name, name.data, name.length);
	else
		error = resolver->live ? os_user_name(entry->uid, &entry->name) : -ENOENT;
	entry->is_known = !error;
	return error == -ENOMEM ? error : 0;
}

static int look_up_user(struct resolver *resolver, uint32_t uid, struct bytes *ret_user)
{
	struct user_entry *entry = &resolver->users[uid % USER_CACHE_SIZE];
	int error = 0;

	if (!entry->is_used || entry->uid != uid) {
		entry->is_used = true;
		entry->uid = uid;
		error = find_user(resolver, entry);
		if (error)
			entry->is_used = false;
	}
	if (!error && entry->is_known)
		*ret_user = buffer_bytes(&entry->name);
	return error;
}

int resolver_look_up(struct resolver *resolver, const struct listener *listener,
	struct bytes *ret_command, struct bytes *ret_user)
{
	int error = 0;

	*ret_command = (struct bytes){0};
	*ret_user = (struct bytes){0};
	if (!resolver->has_root)
		return 0;
	if (!listener->command.data && listener->pid != LISTENER_NONE)
		error = look_up_command(resolver, listener, ret_command);
	if (!error && !listener->user.data && listener->uid != LISTENER_NONE)
		error = look_up_user(resolver, (uint32_t)listener->uid, ret_user);
	return error;
}

void resolver_free(struct resolver *resolver)
{
	for (size_t i = 0; i < COMMAND_CACHE_SIZE; i++)
		buffer_release(&resolver->commands[i].name);
	for (size_t i = 0; i < USER_CACHE_SIZE; i++)
		buffer_release(&resolver->users[i].name);
	buffer_release(&resolver->passwd);
	if (resolver->has_root)
		os_directory_close(&resolver->root);
	free(resolver);
}
