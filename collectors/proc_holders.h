/*
 * Which processes hold the wanted sockets, by a walk over /proc/PID/fd, and where
 * need be /proc/PID/task/TID/fd, of the machine or of a capture.
 */
#ifndef PF_PROC_HOLDERS_H
#define PF_PROC_HOLDERS_H

#include "os.h"
#include "sockets.h"

struct holder {
	size_t socket; /* an index into the sockets */
	int64_t pid;
	int64_t start; /* as in a listener: LISTENER_NONE in a replay */
	int64_t uid; /* effective; LISTENER_NONE where it can't be read */
	int64_t fd; /* the lowest */
};

/* Start from {0}; the owner calls holders_release(). */
struct holders {
	struct holder *items;
	size_t count;
	size_t capacity;
	bool access_denied; /* some process would not show its descriptors */
	/*
	 * Processes that showed none at all, or denied it: kernel threads, those of
	 * others, and those whose main thread has ended while others serve on.
	 */
	int64_t *silent;
	size_t silent_count;
	size_t silent_capacity;
};

/*
 * Appends all holders of `sockets`, and notes in each socket that it has one.
 * `proc` is the directory /proc; `live`: it is this machine's, and processes
 * get their start. Processes that come and go meanwhile are no error. Returns
 * 0 or a negative errno.
 */
int holders_find(const struct os_directory *proc, bool live, struct sockets *sockets,
	struct holders *holders);

/* Sorts by socket, then by pid. */
void holders_sort(struct holders *holders);

void holders_release(struct holders *holders);

#endif
