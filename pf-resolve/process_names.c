#include "process_names.h"

#include <errno.h>

#include "proc_comm.h"
#include "process_identity.h"

/* In a replay, capture and lines are assumed to be of one machine. */
static int check_identity(const struct process_names *names, const struct process_entry *entry)
{
	return names->questions ? process_identity_check(entry->pid, entry->identity,
					  names->questions->process_identity)
				: 0;
}

static int add_hidden(struct process_names *names, int64_t pid)
{
	return process_map_put(&names->hidden, pid, LISTENER_NONE, names);
}

/* Records the result of reading a name, which ended with `error`. */
static int settle(struct process_names *names, const struct process_entry *entry,
	struct process_name *name, int error)
{
	int listed;

	if (error && error != -EACCES)
		return error == -ENOMEM ? error : 0;
	/* Checked last: if it is still the listed process, so it was when the name was read. */
	listed = check_identity(names, entry);
	if (listed != -EEXIST && listed != -ENOSYS)
		process_failure_note(&names->failure, entry->pid, listed);
	if (error)
		return listed == -ESRCH || listed == -EEXIST ? 0 : add_hidden(names, entry->pid);
	name->is_known = listed == 0;
	/* An empty name is known, so its data must not be NULL. */
	return buffer_reserve(&name->text, 1);
}

static void note_ended(struct process_names *names, int64_t pid)
{
	if (!names->ended.is_any)
		names->ended.pid = pid;
	names->ended.is_any = true;
	names->ended.is_several = names->ended.is_several || names->ended.pid != pid;
}

/* From the files of the machine or of the capture. */
static int read_command(struct process_names *names, int64_t pid, struct buffer *text)
{
	int error = names->root ? proc_comm_read(names->root, pid, text) : -ENOENT;

	if (error == -ENOMEM)
		return error;
	process_failure_note(&names->failure, pid, error);
	if (!error)
		return 0;
	if (task_names_has_ended(&names->tasks, pid))
		note_ended(names, pid);
	return task_names_find(&names->tasks, pid, text);
}

static int ask_command(struct process_names *names, struct process_entry *entry)
{
	struct buffer *text = &entry->command.text;
	int error = names->questions ? names->questions->process_name(entry->pid, text) : -ENOSYS;

	if (error == -ENOSYS)
		error = read_command(names, entry->pid, text);
	return settle(names, entry, &entry->command, error);
}

static int ask_user(struct process_names *names, struct process_entry *entry)
{
	int error = names->questions ? names->questions->process_user(entry->pid, &entry->user.text)
				     : -ENOSYS;

	return settle(names, entry, &entry->user, error);
}

/* The cache overwrites entries, so memory is bounded. */
static struct process_entry *entry_of(struct process_names *names, const struct listener *listener)
{
	struct process_entry *entry = &names->cache[listener->pid % PROCESS_CACHE_SIZE];

	if (!entry->is_used || entry->pid != listener->pid ||
		entry->identity != listener->pid_start) {
		entry->is_used = true;
		entry->pid = listener->pid;
		entry->identity = listener->pid_start;
		entry->command.is_asked = false;
		entry->user.is_asked = false;
	}
	return entry;
}

static void find(struct process_names *names, struct process_entry *entry,
	struct process_name *name, int (*ask)(struct process_names *, struct process_entry *),
	struct bytes *ret_name)
{
	/* Without a start, the pid may have been reused since the lookup. */
	bool may_be_stale = names->questions && entry->identity == LISTENER_NONE;

	if (!name->is_asked || may_be_stale) {
		int error;

		name->text.length = 0;
		name->is_known = false;
		error = ask(names, entry);
		process_failure_note(&names->failure, entry->pid, error);
		name->is_asked = !error;
		name->is_known = name->is_known && !error;
	}
	if (name->is_known)
		*ret_name = buffer_bytes(&name->text);
}

void process_names_find_command(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name)
{
	struct process_entry *entry = entry_of(names, listener);

	find(names, entry, &entry->command, ask_command, ret_name);
}

void process_names_find_user(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name)
{
	struct process_entry *entry = entry_of(names, listener);

	find(names, entry, &entry->user, ask_user, ret_name);
}

void process_names_release(struct process_names *names)
{
	for (size_t i = 0; i < PROCESS_CACHE_SIZE; i++) {
		buffer_release(&names->cache[i].command.text);
		buffer_release(&names->cache[i].user.text);
	}
	task_names_release(&names->tasks);
	process_map_release(&names->hidden);
}
