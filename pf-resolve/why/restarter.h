/*
 * The process that holds a port, and those that it was started by; pure.
 */
#ifndef PF_RESTARTER_H
#define PF_RESTARTER_H

#include "os/os.h"
#include "os/process_facts.h"
#include "supervisors.h"

/* Who decides what happens when the holder ends: the nearest ancestor of whom that is known. */
struct restarter {
	struct role starter; /* what the decisive ancestor is */
	size_t decisive; /* its place in the ancestors; the ancestors's length where none is in
			    sight */
	/*
	 * The highest ancestor that is the same program as the holder, such as the master
	 * of a worker, or the holder itself.
	 */
	size_t top;
};

/* `ancestors` is the holder, its parent, and so on; at least the holder. */
struct restarter restarter_find(const struct process_facts *const ancestors[], size_t count);

#endif
