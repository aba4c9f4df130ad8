#include "kill/targets.h"

#include <errno.h>
#include <inttypes.h>

#include "base/array.h"
#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "stream/remedy_words.h"

static int write_label(struct target *target, struct bytes command)
{
	enum { NAME_MAX_LENGTH = 64 };
	struct buffer name = {0};
	int error = command.data ? text_append_visible(&name, command) : 0;

	if (target->pid == LISTENER_NONE)
		snprintf(target->label, sizeof(target->label), "port %u", target->port);
	else if (command.data && name.length <= NAME_MAX_LENGTH)
		snprintf(target->label, sizeof(target->label), "%.*s (%" PRId64 ")",
			(int)name.length, name.length ? name.data : "", target->pid);
	else
		snprintf(target->label, sizeof(target->label), "process %" PRId64, target->pid);
	buffer_release(&name);
	return error;
}

static void target_release(struct target *target)
{
	buffer_release(&target->remedy);
	buffer_release(&target->inodes);
	buffer_release(&target->host);
}

int target_set_remedy(struct target *target, const struct remedy *remedy)
{
	char words[REMEDY_WORDS_MAX];

	target->verdict = remedy->verdict;
	if (remedy->verdict != VERDICT_STOP)
		return 0;
	remedy_words(remedy, words);
	return target_set_obstacle(target, words);
}

int target_set_obstacle(struct target *target, const char *why)
{
	target->verdict = VERDICT_STOP;
	target->remedy.length = 0;
	return buffer_append_text(&target->remedy, why);
}

int targets_add(
	struct targets *targets, const struct listener *listener, const struct remedy *remedy)
{
	struct target target = {
		.pid = listener->pid,
		.identity = listener->pid_start,
		.proto = listener->proto,
		.address = listener->address,
		.port = listener->port,
		.process.handle = -1,
	};
	const uint64_t inode = (uint64_t)listener->inode;
	struct target *items;
	int error = 0;

	items = array_reserve(targets->items, targets->count, &targets->capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	targets->items = items;
	if (listener->inode != LISTENER_NONE)
		error = buffer_append(&target.inodes, &inode, sizeof(inode));
	if (!error && listener->host.data)
		error = buffer_append(&target.host, listener->host.data, listener->host.length);
	if (error || target_set_remedy(&target, remedy) ||
		write_label(&target, listener->command)) {
		target_release(&target);
		return -ENOMEM;
	}
	targets->items[targets->count++] = target;
	return 0;
}

static int compare_identity(const struct target *a, const struct target *b)
{
	int order = bytes_compare(buffer_bytes(&a->host), buffer_bytes(&b->host));

	if (!order)
		order = number_compare(a->pid, b->pid);
	if (!order)
		order = number_compare(a->identity, b->identity);
	return order || a->pid != LISTENER_NONE ? order : number_compare(a->port, b->port);
}

static int compare_targets(const void *left, const void *right)
{
	const struct target *a = left;
	const struct target *b = right;
	int order = compare_identity(a, b);

	return order ? order : number_compare(a->port, b->port);
}

/* Returns 0 or -ENOMEM. */
static int drop_duplicates(struct targets *targets)
{
	size_t kept = 0;
	int error = 0;

	for (size_t i = 0; i < targets->count; i++) {
		struct target *item = &targets->items[i];

		if (i == 0 || compare_identity(item, &targets->items[kept - 1])) {
			targets->items[kept++] = *item;
			continue;
		}
		if (!error)
			error = buffer_append(&targets->items[kept - 1].inodes, item->inodes.data,
				item->inodes.length);
		target_release(item);
	}
	targets->count = kept;
	return error;
}

int targets_merge(struct targets *targets)
{
	if (targets->count == 0)
		return 0;
	qsort(targets->items, targets->count, sizeof(targets->items[0]), compare_targets);
	return drop_duplicates(targets);
}

bool target_has_let_go(const struct target *target)
{
	for (size_t at = 0; at < target->inodes.length; at += sizeof(uint64_t)) {
		uint64_t inode;

		memcpy(&inode, target->inodes.data + at, sizeof(inode));
		if (os_process_has_socket(target->pid, inode))
			return false;
	}
	return target->inodes.length > 0;
}

/*
 * Returns 1 for this process and its ancestors, whose end would end this session; 0 for others; an
 * error if that is unknown now.
 */
static int is_self_or_ancestor(const struct target *target)
{
	/* Never reached: only a guard against an endless loop. */
	enum { ANCESTORS_MAX = 10000 };
	int64_t pid = os_own_pid();
	int error = 0;

	for (int i = 0; !error && i < ANCESTORS_MAX; i++) {
		if (pid == target->pid)
			return 1;
		error = os_process_parent(pid, &pid);
	}
	return error_is_gone(error) || error_is_denied(error) || error == -ENOSYS ? 0 : error;
}

/* If only the pid is known, the OS may report why: this user may not examine the process. */
static const char *explain_missing_identity(const struct target *target, const char **ret_purpose)
{
	int64_t identity;
	int error = os_process_identity(target->pid, &identity);

	if (error == -EACCES) {
		*ret_purpose = "";
		return "it is another user's";
	}
	if (error == -ENOSYS)
		return "ending processes is not supported on this system";
	return "the line has no \"pid_start\" to tell it from a later process with this pid: "
	       "list it on this machine, not from a capture";
}

bool target_is_refused(const struct target *target, char ret_why[TARGET_OBJECTION_MAX])
{
	const char *why;
	const char *purpose = NULL;
	int is_ancestor;

	if (target->host.length) {
		snprintf(ret_why, TARGET_OBJECTION_MAX, "it is on %.*s: run pf there",
			target->host.length < 255 ? (int)target->host.length : 255,
			target->host.data);
		return true;
	}
	if (target->pid == LISTENER_NONE && os_is_privileged()) {
		why = "its holder is hidden: it is the kernel, a message or an io_uring with the "
		      "socket, or a process in a container or another pid namespace; stop it there";
	} else if (target->pid == LISTENER_NONE) {
		why = "you can't see its holder";
		purpose = " to see and to end it";
	} else if (os_is_system_process(target->pid, &why)) {
		/* os_is_system_process() has set `why`. */
	} else if (target->identity == LISTENER_NONE) {
		why = explain_missing_identity(target, &purpose);
	} else {
		is_ancestor = is_self_or_ancestor(target);
		if (is_ancestor == 0)
			return false;
		why = is_ancestor > 0
			? "it started this command, which would end with it: run this from "
			  "another session"
			: "whether it started this command is unknown now: try again";
	}
	snprintf(ret_why, TARGET_OBJECTION_MAX, "%s%s%s%s", why, purpose ? ": " : "",
		purpose ? os_how_to_get_rights() : "", purpose ? purpose : "");
	return true;
}

void targets_release(struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		os_process_close(&targets->items[i].process);
		target_release(&targets->items[i]);
	}
	free(targets->items);
	*targets = (struct targets){0};
}
