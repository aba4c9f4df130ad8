#include "manager.h"

#include "supervisors.h"

/*
 * Those that supervisors.h does not list: it tells who restarts a child. Most of these hold
 * published ports on behalf of every container of a user or a machine.
 */
static const char *const managers[] = {
	"dockerd",
	"containerd",
	"com.docker.backend",
	"OrbStack Helper",
	"OrbStack",
	"gvproxy",
	"rootlesskit",
	"rootlessport-child",
	"slirp4netns",
	"pasta",
	"pasta.avx2",
	"passt",
	"limactl",
	"lima",
	"wslrelay",
	"wslrelay.exe",
	"incusd",
	"lxd",
	"k3s",
	"k3s-server",
	"kubelet",
	"kube-proxy",
};

/* The kernel keeps 15 bytes of a name. */
static bool is_named(struct bytes name, const char *manager)
{
	enum { COMM_LENGTH = 15 };
	struct bytes whole = bytes_of(manager);

	return bytes_equal(name, whole) ||
		(name.length == COMM_LENGTH && whole.length > COMM_LENGTH &&
			bytes_begin_with(whole, name));
}

static struct bytes program_of(struct bytes arguments)
{
	return bytes_last_part(bytes_cut(&arguments, '\0'), '/');
}

bool manager_is(struct bytes command, struct bytes arguments)
{
	struct role role = role_of(command, arguments, false);
	struct bytes program = program_of(arguments);

	if (role.kind == ROLE_MANAGER || role.supervisor)
		return true;
	/* Incus and LXD forward a port with a child of the daemon, which they start again. */
	if (bytes_begin_with(command, bytes_of("forkproxy")))
		return true;
	for (size_t i = 0; i < sizeof(managers) / sizeof(managers[0]); i++)
		if (is_named(command, managers[i]) || is_named(program, managers[i]))
			return true;
	return false;
}
