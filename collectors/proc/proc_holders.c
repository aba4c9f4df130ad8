#include "proc_holders.h"

#include <errno.h>
#include <stdatomic.h>

#include "base/array.h"
#include "base/number.h"
#include "formats/proc_pid.h"

enum {
	THREADS_MAX = 16,
	/* Below this, starting a thread costs more than it saves. */
	PROCESSES_A_THREAD = 64,
	/* The number of processes that a thread takes at a time. */
	BATCH = 8,
};

struct pids {
	int64_t *items;
	size_t count;
	size_t capacity;
	atomic_size_t next;
};

struct walker {
	struct proc_walk walk;
	struct pids *pids;
};

static int read_pids(const struct os_directory *proc, struct pids *pids)
{
	struct os_directory list;
	const char *name;
	int error = os_directory_open(&list, proc, ".");
	int more = 0;

	if (error)
		return error;
	while (!error && (more = os_directory_next(&list, &name)) > 0) {
		int64_t pid;
		int64_t *items;

		if (proc_parse_pid(name, &pid))
			continue;
		items = array_reserve(pids->items, pids->count, &pids->capacity, sizeof(*items));
		if (items) {
			pids->items = items;
			pids->items[pids->count++] = pid;
		} else {
			error = -ENOMEM;
		}
	}
	os_directory_close(&list);
	return error ? error : more;
}

/* Small batches, since some processes have a thousand times more descriptors than others. */
static void run_walker(void *context)
{
	struct walker *walker = context;
	struct pids *pids = walker->pids;

	for (;;) {
		size_t next = atomic_fetch_add(&pids->next, BATCH);
		size_t end = next + BATCH < pids->count ? next + BATCH : pids->count;

		for (; next < end; next++)
			proc_walk_process(&walker->walk, pids->items[next]);
		if (end == pids->count)
			break;
	}
}

/* Adds the walk's results to `holders`, and marks the sockets. */
static int merge_walk(
	const struct proc_walk *walk, struct sockets *sockets, struct holders *holders)
{
	for (size_t i = 0; i < walk->count; i++) {
		struct holder *items = array_reserve(
			holders->items, holders->count, &holders->capacity, sizeof(*items));

		if (!items)
			return -ENOMEM;
		holders->items = items;
		holders->items[holders->count++] = walk->holders[i];
		sockets->items[walk->holders[i].socket].holder_count++;
	}
	holders->access_denied = holders->access_denied || walk->access_denied;
	process_failure_add(&holders->failure, &walk->failure);
	return 0;
}

/* Only if sockets are left without a holder, since it costs two reads per process. */
static int walk_deferred(
	struct walker *walkers, size_t count, struct sockets *sockets, struct holders *holders)
{
	struct proc_walk walk = {walkers->walk.proc, walkers->walk.sockets, walkers->walk.live,
		WALK_PROCESSES, .count = 0};
	int error = proc_walk_begin(&walk);

	for (size_t i = 0; i < count && !error; i++)
		for (size_t j = 0; j < walkers[i].walk.deferred_count; j++)
			proc_walk_threads(&walk, walkers[i].walk.deferred[j]);
	if (!error)
		error = merge_walk(&walk, sockets, holders);
	proc_walk_release(&walk);
	return error;
}

static size_t count_threads(const struct pids *pids)
{
	size_t wanted = pids->count / PROCESSES_A_THREAD + 1;
	size_t allowed = os_count_processors();

	if (wanted > allowed)
		wanted = allowed;
	return wanted < THREADS_MAX ? wanted : THREADS_MAX;
}

/* Begins as many walks as possible. Returns their number, or -ENOMEM if there is none. */
static int begin_walks(struct walker walkers[], void *contexts[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		contexts[i] = &walkers[i];
		if (proc_walk_begin(&walkers[i].walk)) {
			proc_walk_release(&walkers[i].walk);
			return i ? (int)i : -ENOMEM;
		}
	}
	return (int)count;
}

static int walk_all(
	struct walker walkers[], size_t count, struct sockets *sockets, struct holders *holders)
{
	void *contexts[THREADS_MAX];
	int begun = begin_walks(walkers, contexts, count);
	int error = 0;

	if (begun < 0)
		return begun;
	count = (size_t)begun;
	os_run_in_threads(run_walker, contexts, count);
	for (size_t i = 0; i < count && !error; i++)
		error = merge_walk(&walkers[i].walk, sockets, holders);
	if (!error && sockets_count_unheld(sockets))
		error = walk_deferred(walkers, count, sockets, holders);
	for (size_t i = 0; i < count; i++)
		proc_walk_release(&walkers[i].walk);
	return error;
}

int holders_find(const struct os_directory *proc, bool live, enum walk_depth depth,
	struct sockets *sockets, struct holders *holders)
{
	struct walker walkers[THREADS_MAX];
	struct pids pids = {0};
	int list_error = read_pids(proc, &pids);
	size_t count = live ? count_threads(&pids) : 1;
	int error;

	for (size_t i = 0; i < count; i++)
		walkers[i] = (struct walker){
			.walk = {proc, sockets, live, depth, .count = 0}, .pids = &pids};
	error = walk_all(walkers, count, sockets, holders);
	free(pids.items);
	return list_error ? list_error : error;
}

static int compare_holders(const void *left, const void *right)
{
	const struct holder *a = left;
	const struct holder *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
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
	*holders = (struct holders){0};
}
