/*
 * The programs that this process has started end with it, when a signal ends it that can be
 * caught: SIGTERM and its like. Those that it was started to ignore stay ignored, and are so
 * by its children.
 */
#ifndef PF_SPAWN_CHILDREN_H
#define PF_SPAWN_CHILDREN_H

#include <signal.h>
#include <stdbool.h>

/* Holds these signals back, so that no child is missed that is just being started. */
void children_hold_signals(sigset_t *ret_before);

void children_release_signals(const sigset_t *before);

/* With the signals held back. Of a child that leads a group, all that are in there are ended. */
void children_add(pid_t pid, bool has_group);

/* Before it is waited for: its pid may be another process's afterwards. */
void children_remove(pid_t pid);

#endif
