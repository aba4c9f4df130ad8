/*
 * What goes wrong as processes are looked into, one of many: the others are looked into
 * all the same, and in the end one message tells of all.
 */
#ifndef PF_PROCESS_FAILURE_H
#define PF_PROCESS_FAILURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Starts from {0}. */
struct process_failure {
	size_t count;
	int64_t pid; /* of the first of them */
	int error; /* its negative errno; 0: nothing has gone wrong */
	int64_t last; /* the pid of the last */
};

/*
 * Takes an error up, or 0, and none that says only that the process has gone, or is
 * another user's. Several of one process in a row count once.
 */
void process_failure_note(struct process_failure *failure, int64_t pid, int error);

/* Takes up those of another thread. */
void process_failure_add(struct process_failure *failure, const struct process_failure *other);

/* Says it on stderr. Returns whether there was anything to say. */
bool process_failure_say(const struct process_failure *failure);

#endif
