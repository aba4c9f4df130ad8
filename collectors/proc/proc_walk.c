#include "proc_walk.h"

#include <errno.h>
#include <inttypes.h>

#include "base/array.h"
#include "base/error.h"
#include "base/number.h"
#include "formats/proc_pid.h"

int proc_walk_begin(struct proc_walk *walk)
{
	walk->last_holder = calloc(walk->sockets->count + 1, sizeof(*walk->last_holder));
	walk->name_buffer = malloc(OS_DIRECTORY_ROOM);
	return walk->last_holder && walk->name_buffer ? 0 : -ENOMEM;
}

/* Returns 0 for ordinary errors, and notes denied access. */
static int note_denied(struct proc_walk *walk, int error)
{
	bool is_denied = error_is_denied(error);

	if (is_denied)
		walk->access_denied = true;
	return is_denied || error_is_gone(error) ? 0 : error;
}

static int add_holder(struct proc_walk *walk, size_t socket, int64_t pid, int64_t fd)
{
	struct holder *items;

	items = array_reserve(walk->holders, walk->count, &walk->capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	walk->holders = items;
	walk->holders[walk->count++] = (struct holder){
		.socket = socket,
		.number = walk->sockets->items[socket].number,
		.pid = pid,
		.start = LISTENER_NONE,
		.uid = LISTENER_NONE,
		.fd = fd,
	};
	walk->last_holder[socket] = walk->count;
	return 0;
}

/* Returns 1 if it is this process's first descriptor of the socket, else 0, or -ENOMEM. */
static int add_descriptor(struct proc_walk *walk, size_t socket, int64_t pid, int64_t fd)
{
	struct holder *last = walk->last_holder[socket]
		? &walk->holders[walk->last_holder[socket] - 1]
		: NULL;
	int error;

	if (last && last->pid == pid) {
		if (fd < last->fd)
			last->fd = fd;
		return 0;
	}
	error = add_holder(walk, socket, pid, fd);
	return error ? error : 1;
}

/*
 * Evaluates a descriptor's link. Returns for how many wanted sockets it is this process's first: if
 * several have one inode, it is unknown which one the link refers to.
 */
static int check_inode(struct proc_walk *walk, int64_t pid, const char *name, uint64_t inode)
{
	struct socket *first = NULL;
	uint64_t fd;
	size_t count;
	int added = 0;

	count = sockets_find(walk->sockets, inode, &first);
	if (!count || number_parse(bytes_of(name), INT32_MAX, &fd))
		return 0;
	for (size_t i = 0; i < count; i++) {
		size_t socket = (size_t)(first - walk->sockets->items) + i;
		int status = add_descriptor(walk, socket, pid, (int64_t)fd);

		if (status < 0)
			return status;
		added += status;
	}
	return added;
}

/* The sockets that an io_uring holds. Returns as check_link() does. */
static int check_ring(struct proc_walk *walk, const struct os_directory *descriptors, int64_t pid,
	const char *name)
{
	struct buffer text = {0};
	char path[64];
	struct bytes rest;
	uint64_t inode;
	int added = 0;
	int status;

	snprintf(path, sizeof(path), "../fdinfo/%s", name);
	status = os_read_file_head(descriptors, path, PROC_RING_MAX, &text);
	for (rest = buffer_bytes(&text); status >= 0 && proc_next_ring_socket(&rest, &inode);) {
		status = check_inode(walk, pid, name, inode);
		added += status;
	}
	buffer_release(&text);
	return status < 0 ? status : added;
}

/* An io_uring is read only for sockets without a known descriptor. */
static int check_link(struct proc_walk *walk, const struct os_directory *descriptors, int64_t pid,
	const char *name, struct bytes target)
{
	uint64_t inode;

	if (proc_parse_socket_link(target, &inode) == 0)
		return check_inode(walk, pid, name, inode);
	return walk->depth == WALK_THREADS && proc_is_ring_link(target)
		? check_ring(walk, descriptors, pid, name)
		: 0;
}

/*
 * Reads the links of a directory "fd" until all wanted sockets are found. That is early enough: the
 * kernel lists descriptors in order, and the lowest one of a socket counts. Returns 1 if there were
 * any links, else 0, or an error.
 */
static int walk_descriptors(struct proc_walk *walk, struct os_directory *descriptors, int64_t pid)
{
	size_t wanted = walk->sockets->count;
	bool has_any = false;
	const char *name;
	int error;
	int more = 0;

	while (wanted && (more = os_directory_next(descriptors, &name)) > 0) {
		char target[64];
		int status = os_read_link(descriptors, name, target, sizeof(target));

		has_any = true;
		/* Denied for one is denied for all of the process's descriptors. */
		if (error_is_denied(status)) {
			more = status;
			break;
		}
		if (status >= 0)
			status = check_link(walk, descriptors, pid, name,
				(struct bytes){target, (size_t)status});
		/* A capture's files may be in any order. */
		if (status > 0 && walk->live)
			wanted -= (size_t)status;
		/* A target longer than a page, which the kernel doesn't return, is no socket. */
		if (status != -ENAMETOOLONG)
			process_failure_note(&walk->failure, pid, status);
	}
	error = note_denied(walk, more);
	return error ? error : has_any;
}

/* Returns 1, 0, or an error. */
static int has_lost_main_thread(const struct os_directory *process)
{
	struct buffer content = {0};
	struct proc_stat stat;
	int status = os_read_file_head(process, "stat", PROC_FILE_MAX, &content);

	if (!status)
		status = proc_parse_stat(buffer_bytes(&content), &stat) == 0 && stat.state == 'Z' &&
			stat.threads > 1;
	buffer_release(&content);
	return status;
}

/* It shares the descriptors that were read already. */
static bool has_same_descriptors(const struct proc_walk *walk, const char *name, int64_t pid)
{
	int64_t tid;

	return walk->live && proc_parse_pid(name, &tid) == 0 && os_share_descriptors(pid, tid);
}

static int walk_thread(
	struct proc_walk *walk, const struct os_directory *threads, const char *name, int64_t pid)
{
	struct os_directory thread;
	struct os_directory descriptors;
	int error;

	if (has_same_descriptors(walk, name, pid))
		return 0;
	error = os_directory_open(&thread, threads, name);
	if (error)
		return note_denied(walk, error);
	error = os_directory_open(&descriptors, &thread, "fd");
	os_directory_close(&thread);
	if (error)
		return note_denied(walk, error);
	error = walk_descriptors(walk, &descriptors, pid);
	os_directory_close(&descriptors);
	return error < 0 ? error : 0;
}

static int walk_task(struct proc_walk *walk, const struct os_directory *process, int64_t pid)
{
	struct os_directory threads;
	const char *name;
	int error = walk->depth == WALK_THREADS ? 1 : has_lost_main_thread(process);
	int more = 0;

	if (error <= 0)
		return note_denied(walk, error);
	error = os_directory_open(&threads, process, "task");
	if (error)
		return note_denied(walk, error);
	while (!error && (more = os_directory_next(&threads, &name)) > 0)
		error = walk_thread(walk, &threads, name, pid);
	os_directory_close(&threads);
	return error ? error : note_denied(walk, more);
}

/* A capture may lack the file although the process existed. */
static int read_uid(const struct proc_walk *walk, const struct os_directory *process, int64_t *uid)
{
	struct buffer status = {0};
	uint32_t number;
	int error = os_read_file_head(process, "status", PROC_FILE_MAX, &status);

	if (!error && proc_parse_status_uid(buffer_bytes(&status), &number) == 0)
		*uid = (int64_t)number;
	buffer_release(&status);
	return !walk->live && error_is_gone(error) ? 0 : error;
}

/* Leaves *holder unchanged if it is unknown. */
static int identify(const struct proc_walk *walk, const struct os_directory *process, int64_t pid,
	int64_t *start, int64_t *uid)
{
	int start_error = walk->live ? os_process_identity(pid, start) : 0;
	int error;

	if (error_is_gone(start_error))
		return start_error;
	/*
	 * The start was read by pid. This directory belongs to one process for good, so if it can
	 * still be read, the pid was that process's all the time.
	 */
	error = read_uid(walk, process, uid);
	if (error)
		return error;
	return start_error == -ENOSYS ? 0 : start_error;
}

/* After another failure the holders are listed without a start, so they can't be signalled. */
static void drop_if_gone(struct proc_walk *walk, size_t count_to_keep, int error)
{
	if (!error_is_gone(error) && !error_is_denied(error))
		return;
	for (size_t i = count_to_keep; i < walk->count; i++)
		walk->last_holder[walk->holders[i].socket] = 0;
	walk->count = count_to_keep;
}

/* Completes the holders from `first` on, which are all of one process. */
static int complete_holders(
	struct proc_walk *walk, const struct os_directory *process, int64_t pid, size_t first)
{
	int64_t start = LISTENER_NONE;
	int64_t uid = LISTENER_NONE;
	int error = identify(walk, process, pid, &start, &uid);

	for (size_t i = first; i < walk->count; i++) {
		walk->holders[i].start = start;
		walk->holders[i].uid = uid;
	}
	drop_if_gone(walk, first, error);
	return error;
}

static int defer_process(struct proc_walk *walk, int64_t pid)
{
	int64_t *deferred = array_reserve(
		walk->deferred, walk->deferred_count, &walk->deferred_capacity, sizeof(*deferred));

	if (!deferred)
		return -ENOMEM;
	walk->deferred = deferred;
	walk->deferred[walk->deferred_count++] = pid;
	return 0;
}

/*
 * A process with a single thread has no other descriptors. The link counts of a capture's
 * directories mean nothing.
 */
static int examine_threads(struct proc_walk *walk, int64_t pid)
{
	char name[32];
	int threads;

	snprintf(name, sizeof(name), "%" PRId64 "/task", pid);
	threads = walk->live ? os_directory_count(walk->proc, name) : -ENOSYS;
	if (threads > 1 || (threads == -ENOSYS && walk->depth == WALK_THREADS))
		proc_walk_threads(walk, pid);
	else if (threads == -ENOSYS)
		return defer_process(walk, pid);
	return threads == -ENOSYS || threads > 0 ? 0 : threads;
}

static int complete_by_descriptors(
	struct proc_walk *walk, const struct os_directory *descriptors, int64_t pid, size_t first)
{
	struct os_directory process;
	int error = os_directory_open(&process, descriptors, "..");

	if (error) {
		drop_if_gone(walk, first, error);
		return error;
	}
	error = complete_holders(walk, &process, pid, first);
	os_directory_close(&process);
	return error;
}

/* Walks over the descriptors. The open directory keeps referring to this process. */
static int walk_process(struct proc_walk *walk, int64_t pid)
{
	size_t before = walk->count;
	struct os_directory descriptors;
	char name[32];
	int status;
	int error;

	snprintf(name, sizeof(name), "%" PRId64 "/fd", pid);
	error = os_directory_open(&descriptors, walk->proc, name);
	if (error) {
		error = note_denied(walk, error);
		return error ? error : defer_process(walk, pid);
	}
	os_directory_lend(&descriptors, walk->name_buffer);
	status = walk_descriptors(walk, &descriptors, pid);
	if (walk->count > before)
		error = complete_by_descriptors(walk, &descriptors, pid, before);
	os_directory_close(&descriptors);
	if (status == 0 || (status > 0 && !error && walk->depth == WALK_THREADS))
		error = examine_threads(walk, pid);
	return status < 0 ? status : error;
}

void proc_walk_process(struct proc_walk *walk, int64_t pid)
{
	process_failure_note(&walk->failure, pid, note_denied(walk, walk_process(walk, pid)));
}

static int walk_threads(struct proc_walk *walk, int64_t pid)
{
	size_t before = walk->count;
	struct os_directory process;
	char name[24];
	int error;
	int identity_error = 0;

	snprintf(name, sizeof(name), "%" PRId64, pid);
	error = os_directory_open(&process, walk->proc, name);
	if (error)
		return error;
	error = walk_task(walk, &process, pid);
	if (walk->count > before)
		identity_error = complete_holders(walk, &process, pid, before);
	os_directory_close(&process);
	return error ? error : identity_error;
}

void proc_walk_threads(struct proc_walk *walk, int64_t pid)
{
	process_failure_note(&walk->failure, pid, note_denied(walk, walk_threads(walk, pid)));
}

void proc_walk_release(struct proc_walk *walk)
{
	free(walk->holders);
	free(walk->deferred);
	free(walk->last_holder);
	free(walk->name_buffer);
}
