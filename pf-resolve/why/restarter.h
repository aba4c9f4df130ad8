/*
 * Which ancestor of a holder decides what happens when the holder ends; pure.
 */
#ifndef PF_RESTARTER_H
#define PF_RESTARTER_H

#include "os/process_facts.h"
#include "supervisors.h"

struct restarter {
	struct role role; /* of the nearest ancestor whose role is known */
	size_t decisive; /* its index; the number of processes if there is none */
	/* The topmost process running the holder's own program, such as a worker's master. */
	size_t top;
};

/* `ancestors` begins with the holder itself, followed by its parent, and so on. */
struct restarter restarter_find(const struct process_facts *const ancestors[], size_t count);

#endif
