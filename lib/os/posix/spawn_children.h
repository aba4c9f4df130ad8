/*
 * Our children end with us if a signal such as SIGTERM ends us. A signal that we were started to
 * ignore stays ignored, by them too.
 */
#ifndef PF_OS_POSIX_SPAWN_CHILDREN_H
#define PF_OS_POSIX_SPAWN_CHILDREN_H

#include <signal.h>
#include <stdbool.h>

/* Blocks these signals, so that a child just being started isn't missed. */
void children_hold_signals(sigset_t *ret_before);

void children_release_signals(const sigset_t *before);

/* With the signals blocked. `has_group`: the child's whole group is to end. */
void children_add(pid_t pid, bool has_group);

/* Before the child is waited for: afterwards its pid may be another process's. */
void children_remove(pid_t pid);

#endif
