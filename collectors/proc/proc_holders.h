/*
 * Which processes hold the wanted sockets: a walk over all of /proc, by several threads if that is
 * faster.
 */
#ifndef PF_PROC_HOLDERS_H
#define PF_PROC_HOLDERS_H

#include "proc_walk.h"

/* Start from {0}; the owner calls holders_release(). */
struct holders {
	struct holder *items;
	size_t count;
	size_t capacity;
	bool access_denied; /* the descriptors of some process were denied */
	struct process_failure failure; /* processes that could not be examined */
};

/*
 * Appends all holders of `sockets`, and marks each socket that has one. `proc` is the directory
 * /proc; `live`: of this machine, so processes have a start. Processes that start or end meanwhile
 * are no error. Returns 0, or a negative errno with the holders found so far.
 */
int holders_find(const struct os_directory *proc, bool live, enum walk_depth depth,
	struct sockets *sockets, struct holders *holders);

/* Sorts by the number of the socket, then by pid. */
void holders_sort(struct holders *holders);

void holders_release(struct holders *holders);

#endif
