/*
 * /proc/PID/cgroup: the unit of systemd and the container that a process is
 * in. Pure; text in, views of it out.
 *
 * A process can't leave its cgroup by itself, so this tells what runs it, even
 * where its parents have gone. Facts from:
 * - cgroups(7) and cgroup_namespaces(7): "ID:controllers:/path" on each line;
 *   "0::/path" is the hierarchy of version 2, beside which those of version 1
 *   may stand. Seen from another cgroup namespace, a path begins with "/..".
 *   The kernel's Documentation/admin-guide/cgroup-v2.rst: " (deleted)" stands
 *   behind the path of one that was removed. A path holds no newline, and may
 *   hold ':' and any other byte.
 * - systemd's docs/CGROUP_DELEGATION.md, systemd.slice(5), user@.service(5),
 *   and its tests of cg_path_get_unit(): the first part that is no slice is
 *   the system's unit, and behind user@UID.service the next such part is one
 *   of that user's manager. A '_' in front keeps a name apart from the kernel's
 *   files ("_cpu.service") and is no part of it.
 * - the OCI runtime specification's "Cgroups Path" and runc's and crun's
 *   systemd drivers: SLICE:PREFIX:ID becomes SLICE/PREFIX-ID.scope, to which
 *   crun adds "/container". Without these drivers, SLICE:PREFIX:ID itself is
 *   the name of a cgroup.
 * - dockerd(8) (--cgroup-parent), podman-run(1) (--cgroups), crio.conf(5)
 *   (cgroup_manager, conmon_cgroup), the kubelet's cgroup drivers,
 *   lxc.container.conf(5) (lxc.cgroup.dir), systemd-nspawn(1),
 *   systemd-machined.service(8) and libvirt's page on cgroups.
 */
#ifndef PF_PROC_CGROUP_H
#define PF_PROC_CGROUP_H

#include <stdint.h>

#include "base/buffer.h"
#include "stream/details.h"

/* What is a view lasts as long as the text does. No value: data is NULL. */
struct cgroup_facts {
	/*
	 * The unit that the process is in, as systemctl takes it: systemd's \x2d
	 * stay. In a container, it is one of the systemd in there, or none; the
	 * scope that holds the container is not told. It need not be a service:
	 * "session-3.scope" is a login, "init.scope" the manager itself. View.
	 */
	struct bytes unit;
	enum unit_manager manager; /* of the unit; meaningless without one */
	/*
	 * What runs the innermost container that the process is in, constant text:
	 * "docker", "podman", "cri-o", "containerd", "kubernetes" (a pod, and the
	 * path doesn't tell the runtime), "lxc", "systemd-nspawn". None: there is
	 * no container, or no path tells of it.
	 */
	struct bytes runtime;
	/* 12 or more hexadecimal digits, where the runtime gives ids. View. */
	struct bytes container_id;
	/* Its cgroup, which is its own: no other container's path begins so. View. */
	struct bytes container_path;
	/*
	 * It is below a user's manager, where that user gives cgroups whatever names: of a
	 * container without root, or of another one that it only calls itself.
	 */
	bool is_unverified;
	/*
	 * LXC's and systemd-nspawn's, which give names and no ids, as it stands in
	 * the path: see cgroup_append_container_name(). View.
	 */
	struct bytes container_name;
	/*
	 * The uid of the Kubernetes pod, as it stands in the path: "_" may be there
	 * for each "-". View.
	 */
	struct bytes pod;
	/*
	 * The unit that runs the container, and would start it again: that of
	 * podman's --cgroups=split, which Quadlet uses, and
	 * systemd-nspawn@NAME.service. View.
	 */
	struct bytes container_unit;
	enum unit_manager container_unit_manager; /* of that; meaningless without one */
	uint32_t manager_uid; /* of a user's manager, of the container_unit's where there is one */
};

/*
 * Reads /proc/PID/cgroup. Where its lines differ, the unit is told by systemd's
 * own hierarchy, "name=systemd", or else by that of version 2; a container by
 * these, or else by any other, since not every runtime uses all of them.
 *
 * Returns 0; -ENOENT where it tells of neither unit nor container, as in the
 * root cgroup or an empty text; -EINVAL where not one line of it has the form
 * of cgroups(7). Other lines are passed over.
 */
int proc_parse_cgroup(struct bytes text, struct cgroup_facts *ret_facts);

/*
 * Appends the container's name (there must be one) as its runtime takes it:
 * the escapes of systemd, as in machine-web\x2dshop.scope, are undone.
 * 0 or -ENOMEM.
 */
int cgroup_append_container_name(struct buffer *buffer, const struct cgroup_facts *facts);

#endif
