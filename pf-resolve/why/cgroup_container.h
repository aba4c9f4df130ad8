/*
 * Names of cgroups that contain a container, or a pod of them; pure. proc_cgroup.h lists the
 * sources of these facts.
 */
#ifndef PF_CGROUP_CONTAINER_H
#define PF_CGROUP_CONTAINER_H

#include "proc_cgroup.h"

/* A part of a cgroup's path, and its neighbours. Views; no part: data NULL. */
struct cgroup_part {
	struct bytes above;
	struct bytes name;
	struct bytes below;
	bool in_kubepods; /* "kubepods", of Kubernetes' cgroupfs driver, is above it */
};

struct cgroup_container {
	struct bytes runtime; /* this and the next two: as in struct cgroup_facts */
	struct bytes id;
	struct bytes name;
	bool is_run_by_unit; /* by the unit that it is in */
};

/*
 * True if the part is a container's cgroup, and not merely named like one: docker-mirror.scope, for
 * example, has no id in its name. The cgroups of programs that monitor a container, such as conmon,
 * don't count. *ret_container is untouched if false.
 */
bool cgroup_container_read(struct cgroup_part part, struct cgroup_container *ret_container);

/*
 * Reads the uid of a Kubernetes pod from the name of its cgroup: podUID with the cgroupfs driver,
 * kubepods-burstable-podUID.slice with systemd's. Returns false, and leaves *ret_uid untouched, if
 * it isn't a pod's.
 */
bool cgroup_pod_read(struct bytes name, bool in_kubepods, struct bytes *ret_uid);

#endif
