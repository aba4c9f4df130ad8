/*
 * The process that holds a port, and those that it was started by; pure.
 */
#ifndef PF_LINEAGE_H
#define PF_LINEAGE_H

#include "os/os.h"
#include "os/process_facts.h"
#include "starter.h"

/* Who decides what happens when the holder ends: the nearest ancestor of whom that is known. */
struct lineage {
	struct starter starter; /* what the decisive ancestor is */
	size_t decisive; /* its place in the chain; the chain's length where none is in sight */
	/*
	 * The highest ancestor that is the same program as the holder, such as the master
	 * of a worker, or the holder itself.
	 */
	size_t top;
};

/* `chain` is the holder, its parent, and so on; at least the holder. */
struct lineage lineage_of(const struct process_facts *const chain[], size_t count);

#endif
