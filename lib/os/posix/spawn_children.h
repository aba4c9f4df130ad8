/*
 * Kills the children if a signal such as SIGTERM kills this process. A signal that was already
 * ignored when this process started stays ignored, in the children too.
 */
#ifndef PF_OS_POSIX_SPAWN_CHILDREN_H
#define PF_OS_POSIX_SPAWN_CHILDREN_H

#include <signal.h>
#include <stdbool.h>

/* Blocks these signals and installs the handler: a child being started must not be missed. */
void children_hold_signals(sigset_t *ret_before);

void children_release_signals(const sigset_t *before);

/* Call it while the signals are blocked. `has_group`: the child leads a group, to be killed too. */
void children_add(pid_t pid, bool has_group);

/* Call it before reaping the child: afterwards its pid may be another process's. */
void children_remove(pid_t pid);

#endif
