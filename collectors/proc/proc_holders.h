/*
 * Which processes hold the wanted sockets: a walk over all of /proc, by as many
 * threads as pay off.
 */
#ifndef PF_PROC_HOLDERS_H
#define PF_PROC_HOLDERS_H

#include "proc_walk.h"

/* Start from {0}; the owner calls holders_release(). */
struct holders {
	struct holder *items;
	size_t count;
	size_t capacity;
	bool access_denied; /* some process would not show its descriptors */
	struct process_failure failure; /* of those that could not be looked into */
};

/*
 * Appends all holders of `sockets`, and notes in each socket that it has one.
 * `proc` is the directory /proc; `live`: it is this machine's, and processes
 * get their start. Processes that come and go meanwhile are no error. Returns
 * 0 or a negative errno; the holders that were found until then are there.
 */
int holders_find(const struct os_directory *proc, bool live, enum walk_depth depth,
	struct sockets *sockets, struct holders *holders);

/* Sorts by the number of the socket, then by pid. */
void holders_sort(struct holders *holders);

void holders_release(struct holders *holders);

#endif
