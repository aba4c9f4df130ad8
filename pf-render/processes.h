/*
 * Rows grouped by the process that holds them.
 */
#ifndef PF_PROCESSES_H
#define PF_PROCESSES_H

#include "rows.h"

/* The rows of one process, in order; a hidden holder has one. */
struct process {
	const struct row **rows;
	size_t count;
};

/* Start from {0}; the owner calls processes_release(). Valid as long as the rows are. */
struct processes {
	struct process *items; /* in the order of their first rows */
	size_t count;
	const struct row **rows;
};

/* Returns 0 or -ENOMEM. */
int processes_find(struct processes *processes, const struct rows *rows);

void processes_release(struct processes *processes);

#endif
