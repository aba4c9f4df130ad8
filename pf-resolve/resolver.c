#include "resolver.h"

#include <errno.h>
#include <inttypes.h>

#include "command_name.h"
#include "passwd.h"

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

/* Appends a file of the process. */
static int read_process_file(
	const struct resolver *resolver, int64_t pid, const char *name, struct buffer *content)
{
	char path[64];

	snprintf(path, sizeof(path), "proc/%" PRId64 "/%s", pid, name);
	return os_read_file(&resolver->root, path, content);
}

static int read_comm(const struct resolver *resolver, int64_t pid, struct buffer *comm)
{
	int error = read_process_file(resolver, pid, "comm", comm);

	/* The kernel ends the name with a newline; those before it belong to the name. */
	if (!error && comm->length && comm->data[comm->length - 1] == '\n')
		comm->length--;
	return error;
}

/* Makes a cut name whole where the process's other names allow it. */
static int complete_comm(const struct resolver *resolver, int64_t pid, struct buffer *comm)
{
	struct buffer command_line = {0};
	struct buffer name = {0};
	char executable[OS_PATH_MAX];
	char path[64];
	struct bytes target = {0};
	struct bytes whole;
	int length;
	int error = read_process_file(resolver, pid, "cmdline", &command_line);

	if (error == -ENOMEM)
		return error;
	snprintf(path, sizeof(path), "proc/%" PRId64 "/exe", pid);
	length = os_read_link(&resolver->root, path, executable, sizeof(executable));
	if (length >= 0)
		target = (struct bytes){executable, (size_t)length};
	whole = command_name_complete(buffer_bytes(comm), buffer_bytes(&command_line), target);
	error = buffer_append(&name, whole.data, whole.length);
	buffer_release(&command_line);
	if (error)
		return error;
	buffer_release(comm);
	*comm = name;
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
	error = read_comm(resolver, entry->pid, name);
	if (!error && command_name_may_be_cut(buffer_bytes(name)))
		error = complete_comm(resolver, entry->pid, name);
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
