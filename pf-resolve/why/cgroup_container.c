#include "cgroup_container.h"

/* What stands before an id. conmon's scopes, libpod-conmon-ID, thus have no id and are none. */
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

/* docker and others abbreviate ids to as many digits, and never write them shorter. */
enum { ID_DIGITS_MIN = 12 };

/* In lower case only, which is how all of them write ids. */
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

/* Cuts what is behind the last `separator` off the end; no data where there is none. */
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
 * PREFIX-ID.scope is made by the systemd drivers, PREFIX-ID by the cgroupfs drivers of podman and
 * CRI-O. SLICE:PREFIX:ID is how a runtime is asked for the first, and a runc that wasn't told to
 * use systemd takes it for a name.
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
	/* podman once had its conmon there, beside "ctr". */
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

/* With the cgroupfs drivers of Docker and Kubernetes, only the name above tells what the id is. */
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
 * LXC's monitor is beside the container, in lxc.monitor.NAME or lxc.monitor/NAME. Where a cgroup is
 * there already, LXC puts a number behind the name ("web-1"), and so may the user: it is left.
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
 * systemd-nspawn has a scope made for the container, or is a service with the container below in
 * "payload". It is itself outside, there in "supervisor".
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
 * The names of slices tell the way to them: kubepods-besteffort-podUID.slice, or where kubelet has
 * another root, kubelet-kubepods-podUID.slice. No data where it is no pod's.
 */
static struct bytes uid_of_slice(struct bytes name)
{
	while (name.data) {
		struct bytes word = bytes_cut(&name, '-');

		if (!bytes_is(word, "kubepods"))
			continue;
		/* The class of service is between them, and is left out for guaranteed pods. */
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
	/* A literal SLICE:PREFIX:ID is a pod's and a container's in one. */
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
