#include "manager.h"

#include "role.h"

/*
 * Managers that are not in supervisors.c. Most of them hold published ports for all containers of a
 * user or a machine.
 */
static const struct manager {
	const char *program;
	const char *runtime; /* as returned by manager_runtime() */
} managers[] = {
	{"dockerd", "docker"},
	{"com.docker.backend", "docker"},
	{"OrbStack Helper", "docker"},
	{"OrbStack", "docker"},
	{"rootlesskit", "docker"},
	{"wslrelay", "docker"},
	{"gvproxy", "podman"},
	{"containerd", NULL},
	{"rootlessport-child", NULL},
	{"slirp4netns", NULL},
	{"pasta", NULL},
	{"pasta.avx2", NULL},
	{"passt", NULL},
	{"limactl", NULL},
	{"lima", NULL},
	{"incusd", NULL},
	{"lxd", NULL},
	{"k3s", NULL},
	{"k3s-server", NULL},
	{"kubelet", NULL},
	{"kube-proxy", NULL},
};

/* The kernel truncates names to 15 bytes. */
static bool is_named(struct bytes name, const char *manager)
{
	enum { COMM_LENGTH = 15 };
	struct bytes whole = bytes_of(manager);

	bytes_cut_suffix(&name, ".exe");
	return bytes_equal(name, whole) ||
		(name.length == COMM_LENGTH && whole.length > COMM_LENGTH &&
			bytes_begin_with(whole, name));
}

static const struct manager *find(const struct program *program)
{
	for (size_t i = 0; i < sizeof(managers) / sizeof(managers[0]); i++)
		if (is_named(program->command, managers[i].program) ||
			is_named(program->name, managers[i].program))
			return &managers[i];
	return NULL;
}

bool manager_is(struct bytes command, struct bytes arguments)
{
	const struct program program = program_read(command, arguments);
	struct role role = role_of(&program, false);

	/* Reloaders and watchers run a single program, so they don't count. */
	if (role.kind == ROLE_MANAGER ||
		(role.supervisor && (role.supervisor->service || role.supervisor->hint)))
		return true;
	/* Incus and LXD forward ports with children of the daemon, which restarts them. */
	return bytes_begin_with(command, bytes_of("forkproxy")) || find(&program);
}

const char *manager_runtime(struct bytes command, struct bytes arguments)
{
	const struct program program = program_read(command, arguments);
	const struct manager *manager = find(&program);

	return manager ? manager->runtime : NULL;
}
