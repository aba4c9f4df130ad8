/*
 * The part of spawn_capture() that differs between the systems.
 */
#ifndef PF_SPAWN_GATHER_H
#define PF_SPAWN_GATHER_H

#include "os/spawn.h"

/*
 * Reads both streams to their ends and waits for the child, of which
 * output->end then tells. -ETIMEDOUT where os_clock() has come to `deadline` before.
 */
int spawn_gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output);

/*
 * Kills a child that nobody has waited for, on Unix with its group, and doesn't wait for it:
 * the kernel may keep it.
 */
void spawn_abandon(struct child child);

#endif
