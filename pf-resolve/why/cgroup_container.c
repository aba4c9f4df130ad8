#include "cgroup_container.h"

/* Prefixes of ids. So conmon's scopes, libpod-conmon-ID, don't count as containers. */
static const struct {
	const char *prefix;
	const char *runtime;
	bool is_run_by_unit;
} runtimes[] = {
	{"docker", "docker", false},
	{"libpod", "podman", false},
	{"libpod-payload", "podman", true},
	{"crio", "cri-o", false},
	{"cri-containerd", "containerd", false},
	{"nerdctl", "containerd", false},
};

/* docker and others abbreviate ids to 12 digits, never shorter. */
enum { ID_DIGITS_MIN = 12 };

/* Lower case only: all runtimes write ids so. */
static bool is_id_digit(char digit)
{
	return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
}

static bool is_id(struct bytes text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_id_digit(text.data[i]))
			return false;
	return text.length >= ID_DIGITS_MIN;
}

/* Cuts off what follows the last `separator`; data NULL if there is none. */
static struct bytes cut_last(struct bytes *text, char separator)
{
	for (size_t i = text->length; i-- > 0;)
		if (text->data[i] == separator) {
			struct bytes tail = bytes_skip(*text, i + 1);

			text->length = i;
			return tail;
		}
	return (struct bytes){0};
}

/*
 * The systemd drivers make PREFIX-ID.scope, the cgroupfs drivers of podman and CRI-O PREFIX-ID. A
 * runtime gets SLICE:PREFIX:ID for the former; runc without its systemd option uses that as the
 * name.
 */
static bool read_prefixed(struct cgroup_part part, struct cgroup_container *ret_container)
{
	struct bytes prefix = part.name;
	struct bytes id = cut_last(&prefix, ':');

	if (id.data) {
		prefix = cut_last(&prefix, ':');
	} else {
		bytes_cut_suffix(&prefix, ".scope");
		id = cut_last(&prefix, '-');
	}
	/* podman used to put conmon there, beside "ctr". */
	if (!is_id(id) || bytes_is(part.below, "conmon"))
		return false;
	for (size_t i = 0; i < sizeof(runtimes) / sizeof(runtimes[0]); i++)
		if (bytes_is(prefix, runtimes[i].prefix)) {
			*ret_container = (struct cgroup_container){
				.runtime = bytes_of(runtimes[i].runtime),
				.id = id,
				.is_run_by_unit = runtimes[i].is_run_by_unit,
			};
			return true;
		}
	return false;
}

/* With the cgroupfs drivers of Docker and Kubernetes, only the parent's name shows the runtime. */
static bool read_bare_id(struct cgroup_part part, struct cgroup_container *ret_container)
{
	const char *runtime = NULL;
	struct bytes pod;

	if (bytes_is(part.above, "docker"))
		runtime = "docker";
	else if (cgroup_pod_read(part.above, part.in_kubepods, &pod))
		runtime = "kubernetes";
	if (!runtime || !is_id(part.name))
		return false;
	*ret_container = (struct cgroup_container){
		.runtime = bytes_of(runtime),
		.id = part.name,
	};
	return true;
}

/*
 * LXC's monitor is beside the container, in lxc.monitor.NAME or lxc.monitor/NAME. If the cgroup
 * already exists, LXC appends a number ("web-1"). Names may end so too, so the number is kept.
 */
static bool read_lxc(struct cgroup_part part, struct cgroup_container *ret_container)
{
	if (!bytes_is(part.above, "lxc") && !bytes_is(part.above, "lxc.payload") &&
		!bytes_cut_prefix(&part.name, "lxc.payload."))
		return false;
	if (part.name.length == 0)
		return false;
	*ret_container = (struct cgroup_container){
		.runtime = bytes_of("lxc"),
		.name = part.name,
	};
	return true;
}

/* libvirt registers its machines with systemd-machined, too: qemu-1-NAME, lxc-1-NAME, ch-1-NAME. */
static bool is_of_libvirt(struct bytes machine)
{
	return bytes_begin_with(machine, bytes_of("qemu\\x2d")) ||
		bytes_begin_with(machine, bytes_of("lxc\\x2d")) ||
		bytes_begin_with(machine, bytes_of("ch\\x2d"));
}

/*
 * systemd-nspawn's container has a scope, or is in "payload" below a service, with nspawn itself
 * outside in "supervisor".
 */
static bool read_nspawn(struct cgroup_part part, struct cgroup_container *ret_container)
{
	bool is_payload = bytes_is(part.name, "payload");
	struct bytes machine = is_payload ? part.above : part.name;

	if (!bytes_cut_prefix(&machine, is_payload ? "systemd-nspawn@" : "machine-") ||
		!bytes_cut_suffix(&machine, is_payload ? ".service" : ".scope"))
		return false;
	if (machine.length == 0 || is_of_libvirt(machine) || bytes_is(part.below, "supervisor"))
		return false;
	*ret_container = (struct cgroup_container){
		.runtime = bytes_of("systemd-nspawn"),
		.name = machine,
		.is_run_by_unit = is_payload,
	};
	return true;
}

bool cgroup_container_read(struct cgroup_part part, struct cgroup_container *ret_container)
{
	return read_prefixed(part, ret_container) || read_bare_id(part, ret_container) ||
		read_lxc(part, ret_container) || read_nspawn(part, ret_container);
}

/*
 * Slices are named by their path: kubepods-besteffort-podUID.slice, or with another root of kubelet
 * kubelet-kubepods-podUID.slice. Data NULL if it isn't a pod's.
 */
static struct bytes uid_of_slice(struct bytes name)
{
	while (name.data) {
		struct bytes word = bytes_cut(&name, '-');

		if (!bytes_is(word, "kubepods"))
			continue;
		/* The class of service is in between, except for guaranteed pods. */
		if (!bytes_cut_prefix(&name, "pod")) {
			bytes_cut(&name, '-');
			if (!bytes_cut_prefix(&name, "pod"))
				return (struct bytes){0};
		}
		return name;
	}
	return name;
}

static bool is_uid(struct bytes text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_id_digit(text.data[i]) && text.data[i] != '-' && text.data[i] != '_')
			return false;
	return text.length > 0;
}

bool cgroup_pod_read(struct bytes name, bool in_kubepods, struct bytes *ret_uid)
{
	/* SLICE:PREFIX:ID names a pod and a container at once. */
	struct bytes uid = bytes_cut(&name, ':');

	if (bytes_cut_suffix(&uid, ".slice"))
		uid = uid_of_slice(uid);
	else if (!in_kubepods || !bytes_cut_prefix(&uid, "pod"))
		return false;
	if (!is_uid(uid))
		return false;
	*ret_uid = uid;
	return true;
}
