/*
 * The parts of spawn_capture() that differ between systems.
 */
#ifndef PF_SPAWN_GATHER_H
#define PF_SPAWN_GATHER_H

#include "os/spawn.h"

/*
 * Reads both streams to their ends, waits for the child, and sets output->end. -ETIMEDOUT if
 * os_clock() reaches `deadline` first.
 */
int spawn_gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output);

/* Kills a child, on Unix with its process group, but doesn't wait for it: it may be stuck in the
 * kernel. */
void spawn_abandon(struct child child);

#endif
