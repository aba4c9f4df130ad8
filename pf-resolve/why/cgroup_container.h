/*
 * The names of cgroups that hold a container, or a pod of them. Pure. Where
 * the facts come from, proc_cgroup.h says.
 */
#ifndef PF_CGROUP_CONTAINER_H
#define PF_CGROUP_CONTAINER_H

#include "proc_cgroup.h"

/* A part of a cgroup's path, with those around it. Views; no part: data is NULL. */
struct cgroup_part {
	struct bytes above;
	struct bytes name;
	struct bytes below;
	bool in_kubepods; /* somewhere above is "kubepods", as Kubernetes' cgroupfs driver has it */
};

struct cgroup_container {
	struct bytes runtime; /* this and the next two: as in struct cgroup_facts */
	struct bytes id;
	struct bytes name;
	bool is_run_by_unit; /* the unit that it is in runs it */
};

/*
 * True where the part is a container's cgroup, and not merely named alike: a
 * scope like docker-mirror.scope has no id in its name. Those of the programs
 * that watch over a container, as conmon does, are none. *ret_container is
 * untouched where it is false.
 */
bool cgroup_container_read(struct cgroup_part part, struct cgroup_container *ret_container);

/*
 * Reads the uid of a Kubernetes pod from the name of its cgroup, podUID with
 * the cgroupfs driver, kubepods-burstable-podUID.slice with systemd's. Returns
 * false where it is no pod's; *ret_uid is untouched then.
 */
bool cgroup_pod_read(struct bytes name, bool in_kubepods, struct bytes *ret_uid);

#endif
