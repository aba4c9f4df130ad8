/*
 * The parts of spawn_capture() that differ between systems.
 */
#ifndef PF_SPAWN_GATHER_H
#define PF_SPAWN_GATHER_H

#include "os/spawn.h"

/*
 * Reads both streams to their ends, and waits for the child; sets output->end. -ETIMEDOUT if
 * os_clock() reaches `deadline` first.
 */
int spawn_gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output);

/* Kills a child, on Unix with its group, without waiting: the kernel may keep it. */
void spawn_abandon(struct child child);

#endif
