/*
 * The processes of a systemd unit, from its cgroup of version 2: cgroup.procs and cgroup.stat in
 * the kernel's Documentation/admin-guide/cgroup-v2.rst.
 */
#ifndef PF_UNIT_MEMBERS_H
#define PF_UNIT_MEMBERS_H

#include "holder.h"

/*
 * Whether the holder's unit runs nothing but the holder, what descends from it or from the master
 * of its own program, and its ancestors up to the unit's main process. False if that is unknown,
 * as with cgroups of version 1. Stopping such a unit ends nothing else.
 */
bool unit_runs_only(const struct holder *holder, struct process_source *source, int64_t main_pid);

#endif
