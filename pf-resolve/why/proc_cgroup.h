/*
 * /proc/PID/cgroup: the systemd unit and the container that a process is in. Pure: text in, views
 * of it out.
 *
 * A process can't leave its cgroup by itself, so this shows what runs it even if its ancestors are
 * gone. Facts from:
 * - cgroups(7) and cgroup_namespaces(7): "ID:controllers:/path" on each line;
 *   "0::/path" is the version 2 hierarchy, which may coexist with those of
 *   version 1. Seen from another cgroup namespace, a path begins with "/..".
 *   The kernel's Documentation/admin-guide/cgroup-v2.rst: " (deleted)" follows
 *   the path of a removed cgroup. A path may contain ':' and any byte but a
 *   newline.
 * - systemd's docs/CGROUP_DELEGATION.md, systemd.slice(5), user@.service(5),
 *   and its tests of cg_path_get_unit(): the first part that is not a
 *   slice is the system's unit; after user@UID.service, the next such part is a
 *   unit of that user's manager. A leading '_' ("_cpu.service") keeps a name
 *   from clashing with the kernel's files and is not part of the name.
 * - the OCI runtime specification's "Cgroups Path" and runc's and crun's
 *   systemd drivers: SLICE:PREFIX:ID becomes SLICE/PREFIX-ID.scope, to which
 *   crun adds "/container". Without these drivers, the cgroup is named
 *   SLICE:PREFIX:ID itself.
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

/* Views are valid as long as the text. No value: data NULL. */
struct cgroup_facts {
	/*
	 * The unit that the process is in, as systemctl accepts it: with systemd's
	 * \x2d. In a container, it is a unit of the systemd in there, or none, never
	 * the scope around the container. It need not be a service:
	 * "session-3.scope" is a login, "init.scope" the manager itself. View.
	 */
	struct bytes unit;
	enum unit_manager manager; /* of the unit; meaningless without one */
	/*
	 * What runs the innermost container that the process is in, constant text:
	 * "docker", "podman", "cri-o", "containerd", "kubernetes" (a pod whose
	 * runtime the path doesn't show), "lxc", "systemd-nspawn". None: there is no
	 * container, or no path shows it.
	 */
	struct bytes runtime;
	/* 12 or more hexadecimal digits, if the runtime gives ids. View. */
	struct bytes container_id;
	/* Path of its cgroup; no other container's path begins with it. View. */
	struct bytes container_path;
	/*
	 * It is below a user's manager, where that user names cgroups at will: either a
	 * rootless container, or a cgroup that only has the name of another container.
	 */
	bool is_unverified;
	/*
	 * For LXC and systemd-nspawn, which give names and no ids, as in the path:
	 * see cgroup_append_container_name(). View.
	 */
	struct bytes container_name;
	/*
	 * The uid of the Kubernetes pod, as in the path, which may have "_" for each
	 * "-". View.
	 */
	struct bytes pod;
	/*
	 * The unit that runs the container, and would restart it: with podman's
	 * --cgroups=split, which Quadlet uses, and systemd-nspawn@NAME.service. View.
	 */
	struct bytes container_unit;
	enum unit_manager container_unit_manager; /* of that; meaningless without one */
	uint32_t manager_uid; /* of a user's manager: the container_unit's, if there is one */
};

/*
 * Reads /proc/PID/cgroup. If its lines differ, the unit is that of systemd's own hierarchy,
 * "name=systemd", or else of version 2; the container that of these, or else of any other, since
 * not every runtime uses all of them.
 *
 * Returns 0; -ENOENT if it has neither a unit nor a container, as in the root cgroup or an empty
 * text; -EINVAL if no line has the form given in cgroups(7). Other lines are skipped.
 */
int proc_parse_cgroup(struct bytes text, struct cgroup_facts *ret_facts);

/*
 * Appends the container's name (there must be one) as its runtime accepts it: systemd's escapes, as
 * in machine-web\x2dshop.scope, are decoded. Returns 0 or -ENOMEM.
 */
int cgroup_append_container_name(struct buffer *buffer, const struct cgroup_facts *facts);

#endif
