#include "proc_holders.h"

#include <errno.h>
#include <inttypes.h>

#include "array.h"
#include "number.h"
#include "proc_pid.h"

struct walker {
	const struct os_directory *proc;
	bool live;
	struct sockets *sockets;
	struct holders *holders;
};

/* Ordinary while processes come and go: ENOENT and ENOTDIR before, ESRCH after an open. */
static bool has_vanished(int error)
{
	return error == -ENOENT || error == -ESRCH || error == -ENOTDIR;
}

static bool is_denied(int error)
{
	return error == -EACCES || error == -EPERM;
}

/* What remains of an error: what is ordinary is 0, what is denied is noted. */
static int settle(struct walker *walker, int error)
{
	if (is_denied(error))
		walker->holders->access_denied = true;
	return is_denied(error) || has_vanished(error) ? 0 : error;
}

static int add_holder(struct walker *walker, struct socket *socket, int64_t pid, int64_t fd)
{
	struct holders *holders = walker->holders;
	struct holder *items;
	struct holder *last = socket->last_holder ? &holders->items[socket->last_holder - 1] : NULL;

	if (last && last->pid == pid) {
		if (fd < last->fd)
			last->fd = fd;
		return 0;
	}
	items = array_reserve(holders->items, holders->count, &holders->capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	holders->items = items;
	holders->items[holders->count++] = (struct holder){
		.socket = (size_t)(socket - walker->sockets->items),
		.pid = pid,
		.start = LISTENER_NONE,
		.uid = LISTENER_NONE,
		.fd = fd,
	};
	socket->last_holder = holders->count;
	socket->holder_count++;
	return 0;
}

/* Reads the links of a directory "fd". Returns 1 where there were any, 0, or an error. */
static int walk_descriptors(struct walker *walker, const struct os_directory *task, int64_t pid)
{
	bool has_any = false;
	struct os_directory descriptors;
	const char *name;
	int error = os_directory_open(&descriptors, task, "fd");
	int more = 0;

	if (error)
		return settle(walker, error);
	while (!error && (more = os_directory_next(&descriptors, &name)) > 0) {
		char target[64];
		int length = os_read_link(&descriptors, name, target, sizeof(target));
		struct socket *socket;
		uint64_t inode;
		uint64_t fd;

		has_any = true;
		/* Denied for one is denied for all of the process's descriptors. */
		if (is_denied(length)) {
			more = length;
			break;
		}
		if (length < 0) {
			error = settle(walker, length);
			continue;
		}
		if (number_parse(bytes_of(name), INT32_MAX, &fd) ||
			proc_parse_socket_link((struct bytes){target, (size_t)length}, &inode))
			continue;
		socket = sockets_find(walker->sockets, inode);
		if (socket)
			error = add_holder(walker, socket, pid, (int64_t)fd);
	}
	os_directory_close(&descriptors);
	if (!error)
		error = settle(walker, more);
	return error ? error : has_any;
}

/*
 * Its main thread has none of the process's descriptors any more, and what is
 * left of it belongs to root; those of the other threads still show.
 */
static bool has_lost_main_thread(const struct os_directory *process)
{
	struct buffer content = {0};
	struct proc_stat stat;
	bool has_lost = os_read_file(process, "stat", &content) == 0 &&
		proc_parse_stat(buffer_bytes(&content), &stat) == 0 && stat.state == 'Z' &&
		stat.threads > 1;

	buffer_release(&content);
	return has_lost;
}

static int walk_threads(struct walker *walker, const struct os_directory *process, int64_t pid)
{
	struct os_directory threads;
	struct os_directory thread;
	const char *name;
	int error;
	int more = 0;

	if (!has_lost_main_thread(process))
		return 0;
	error = os_directory_open(&threads, process, "task");
	if (error)
		return settle(walker, error);
	while (!error && (more = os_directory_next(&threads, &name)) > 0) {
		error = os_directory_open(&thread, &threads, name);
		if (error) {
			error = settle(walker, error);
			continue;
		}
		error = walk_descriptors(walker, &thread, pid);
		if (error > 0)
			error = 0;
		os_directory_close(&thread);
	}
	os_directory_close(&threads);
	return error ? error : settle(walker, more);
}

static int add_silent(struct holders *holders, int64_t pid)
{
	int64_t *silent = array_reserve(
		holders->silent, holders->silent_count, &holders->silent_capacity, sizeof(*silent));

	if (!silent)
		return -ENOMEM;
	holders->silent = silent;
	holders->silent[holders->silent_count++] = pid;
	return 0;
}

static int walk_main_thread(struct walker *walker, const struct os_directory *process, int64_t pid)
{
	int found = walk_descriptors(walker, process, pid);

	if (found < 0)
		return found;
	return found ? 0 : add_silent(walker->holders, pid);
}

/* Returns 0, or a negative errno where the process has ended. */
static int identify(const struct walker *walker, const struct os_directory *process, int64_t pid,
	int64_t *ret_start, int64_t *ret_uid)
{
	struct buffer status = {0};
	uint32_t uid;
	int64_t start = LISTENER_NONE;
	int error = walker->live ? os_process_start(pid, &start) : 0;

	if (error && error != -ENOSYS)
		return error;
	/*
	 * The start was asked by pid. That this directory, which stays with the
	 * one process, still answers shows that the pid was its own all the time.
	 */
	error = os_read_file(process, "status", &status);
	if (!error || !walker->live) {
		*ret_start = start;
		*ret_uid = !error && proc_parse_status_uid(buffer_bytes(&status), &uid) == 0
			? (int64_t)uid
			: LISTENER_NONE;
	}
	buffer_release(&status);
	return walker->live ? error : 0;
}

static void forget_holders(struct walker *walker, size_t count_to_keep)
{
	struct holders *holders = walker->holders;

	for (size_t i = count_to_keep; i < holders->count; i++) {
		struct socket *socket = &walker->sockets->items[holders->items[i].socket];

		socket->holder_count--;
		socket->last_holder = 0;
	}
	holders->count = count_to_keep;
}

static int walk_process(struct walker *walker, int64_t pid, bool by_threads)
{
	struct holders *holders = walker->holders;
	size_t before = holders->count;
	struct os_directory process;
	int64_t start = LISTENER_NONE;
	int64_t uid = LISTENER_NONE;
	char name[24];
	int error;

	snprintf(name, sizeof(name), "%" PRId64, pid);
	error = os_directory_open(&process, walker->proc, name);
	if (error)
		return settle(walker, error);
	error = by_threads ? walk_threads(walker, &process, pid)
			   : walk_main_thread(walker, &process, pid);
	if (!error && holders->count > before)
		error = identify(walker, &process, pid, &start, &uid);
	os_directory_close(&process);
	if (error) {
		forget_holders(walker, before);
		return settle(walker, error);
	}
	for (size_t i = before; i < holders->count; i++) {
		holders->items[i].start = start;
		holders->items[i].uid = uid;
	}
	return 0;
}

int holders_find(const struct os_directory *proc, bool live, struct sockets *sockets,
	struct holders *holders)
{
	struct walker walker = {proc, live, sockets, holders};
	struct os_directory list;
	const char *name;
	int error = os_directory_open(&list, proc, ".");
	int more = 0;

	if (error)
		return error;
	while (!error && (more = os_directory_next(&list, &name)) > 0) {
		int64_t pid;

		if (proc_parse_pid(name, &pid) == 0)
			error = walk_process(&walker, pid, false);
	}
	os_directory_close(&list);
	if (!error)
		error = more;
	for (size_t i = 0; i < holders->silent_count && !error && sockets_count_unheld(sockets);
		i++)
		error = walk_process(&walker, holders->silent[i], true);
	return error;
}

static int compare_holders(const void *left, const void *right)
{
	const struct holder *a = left;
	const struct holder *b = right;

	if (a->socket != b->socket)
		return a->socket < b->socket ? -1 : 1;
	return number_compare(a->pid, b->pid);
}

void holders_sort(struct holders *holders)
{
	if (holders->count)
		qsort(holders->items, holders->count, sizeof(holders->items[0]), compare_holders);
}

void holders_release(struct holders *holders)
{
	free(holders->items);
	free(holders->silent);
	*holders = (struct holders){0};
}
