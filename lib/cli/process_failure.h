/*
 * Collects the errors of examining many processes: one failure doesn't stop the rest, and one
 * message reports them all.
 */
#ifndef PF_PROCESS_FAILURE_H
#define PF_PROCESS_FAILURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start from {0}. */
struct process_failure {
	size_t count; /* of processes */
	int64_t pid; /* of the first one */
	int error; /* its negative errno; 0: nothing failed */
	int64_t last; /* the pid of the latest one */
};

/*
 * Adds an error, or 0. Ignores errors that say only that the process has ended or is another
 * user's. Consecutive errors of one process count once.
 */
void process_failure_note(struct process_failure *failure, int64_t pid, int error);

/* Adds the errors collected by another thread. */
void process_failure_add(struct process_failure *failure, const struct process_failure *other);

/* Reports the errors on stderr. Returns true if there were any. */
bool process_failure_report(const struct process_failure *failure);

#endif
