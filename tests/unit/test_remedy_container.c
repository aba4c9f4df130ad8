#include "remedy_told.h"

const char program_name[] = "test";

static const struct remedy_test tests[] = {
	{
		.name = "in a container that is restarted",
		.ancestors = {NODE, {"containerd-shim", TEXT("containerd-shim\0")}},
		.container = {.runtime = TEXT("docker"),
			.id = TEXT("0123456789ab"),
			.name = TEXT("web")},
		.policy = TEXT("unless-stopped"),
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it runs in a container; otherwise docker restarts it (restart "
			    "policy unless-stopped)"),
	},
	{
		.name = "in a container whose name isn't known",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("podman"), .id = TEXT("0123456789ab")},
		.verdict = VERDICT_STOP,
		.command = TEXT("podman stop 0123456789ab"),
		.why = TEXT("it runs in a container; otherwise podman may restart it"),
	},
	{
		.name = "in a container that a user's cgroup may only be named for",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.is_unverified = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop NAME"),
		.why = TEXT("it runs in a container; otherwise docker may restart it (docker ps "
			    "shows the NAME)"),
	},
	{
		.name = "a unit in a machine that a user's cgroup may only be named for",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("systemd-nspawn"), .name = TEXT(".host")},
		.is_unverified = true,
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --machine NAME stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
	{
		.name = "in a container, from a shell that a person has in there",
		.ancestors = {NODE, {"bash", TEXT("bash\0")},
			{"containerd-shim", TEXT("containerd-shim\0")}},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("always"),
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("nothing known restarts it"),
	},
	{
		.name = "in a container that is not restarted",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("docker stop 0123456789ab"),
		.why = TEXT("its container's restart policy is \"no\", but what runs in there may "
			    "restart it"),
	},
	{
		.name = "a task of Swarm, whose restart policy is \"no\"",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.keeper = KEEPER_SWARM,
		.verdict = VERDICT_STOP,
		.why = TEXT("it is a task of a Swarm service, which would start another: scale "
			    "that down (docker service ls shows it)"),
	},
	{
		.name = "a pod's container under docker, whose restart policy is \"no\"",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.keeper = KEEPER_KUBERNETES,
		.verdict = VERDICT_STOP,
		.why = TEXT("stop what its pod belongs to (kubectl scale, kubectl delete): "
			    "otherwise kubelet restarts it"),
	},
	{
		.name = "a container of podman that a unit runs",
		.ancestors = {{"conmon", TEXT("conmon\0")}},
		.container = {.runtime = TEXT("podman"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.container_unit = TEXT("web.service"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop web.service"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "a container in a pod of podman, which has the port",
		.ancestors = {{"conmon", TEXT("conmon\0")}},
		.container = {.runtime = TEXT("podman"), .name = TEXT("abc-infra")},
		.policy = TEXT("no"),
		.container_pod = TEXT("shop"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("podman pod stop shop"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "another user's podman, whose containers root's doesn't know",
		.ancestors = {{"rootlessport", TEXT("rootlessport\0")}},
		.container = {.runtime = TEXT("podman")},
		.container_user = 1000,
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("sudo -iu '#1000' podman stop NAME"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable (sudo -iu '#1000' podman ps shows the NAME); if there is "
			    "none, it was left behind: kill 100"),
	},
	{
		.name = "docker-proxy whose container is gone",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")}, SYSTEMD},
		.last_pid = 1,
		.container = {.runtime = TEXT("docker")},
		.is_forwarder = true,
		.is_left_behind = true,
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT(
			"it was left behind: docker runs no container that publishes this port"),
	},
	{
		.name = "a hidden holder, of whose port docker knows the container",
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.is_hidden = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it publishes this port"),
	},
	{
		.name = "dockerd, which knows the container whose port it holds",
		.ancestors = {{"dockerd", TEXT("/usr/bin/dockerd\0")}, SYSTEMD},
		.last_pid = 1,
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("always"),
		.is_published = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it publishes this port"),
	},
	{
		.name = "dockerd, and docker can't be asked",
		.ancestors = {{"dockerd", TEXT("/usr/bin/dockerd\0")}, SYSTEMD},
		.last_pid = 1,
		.publisher = "docker",
		.verdict = VERDICT_STOP,
		.why = TEXT("dockerd (100) may hold this port for a container: stop that instead "
			    "(docker ps shows which one publishes it)"),
	},
	{
		.name = "a container of containerd without Kubernetes",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("containerd"), .id = TEXT("0123456789abcdef")},
		.verdict = VERDICT_STOP,
		.command = TEXT("nerdctl stop 0123456789ab"),
		.why = TEXT("it runs in a container of containerd, which may restart it"),
	},
	{
		.name = "in a pod",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("containerd"), .id = TEXT("0123456789ab")},
		.pod = TEXT("1f2e"),
		.verdict = VERDICT_STOP,
		.why = TEXT("stop what its pod 1f2e belongs to (kubectl scale, kubectl delete): "
			    "otherwise kubelet restarts it"),
	},
	{
		.name = "docker-proxy",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")},
			{"dockerd", TEXT("dockerd\0")}, SYSTEMD},
		.unit = {.name = TEXT("docker.service"), .restart = TEXT("always")},
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "docker-proxy of a container that nobody names",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")},
			{"dockerd", TEXT("dockerd\0")}},
		.container = {.runtime = TEXT("docker"), .address = TEXT("172.17.0.2"), .port = 80},
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop $(docker ps -q --filter publish=3000)"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable; if there is none, it was left behind: kill 100"),
	},
	{
		.name = "podman's forwarder for a container that nobody names",
		.ancestors = {{"rootlessport", TEXT("rootlessport\0")}},
		.container = {.runtime = TEXT("podman")},
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("podman stop NAME"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable (podman ps shows the NAME); if there is none, it was left "
			    "behind: kill 100"),
	},
	{
		.name = "a unit in a machine of LXC",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("lxc"), .name = TEXT("c1")},
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("lxc-attach --name c1 -- systemctl stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
	{
		.name = "a unit in a machine of systemd-nspawn",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("systemd-nspawn"), .name = TEXT("c1")},
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --machine c1 stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
};

TEST(a_container_is_stopped_by_what_runs_it)
{
	for (size_t i = 0; i < COUNT(tests); i++)
		check(&tests[i]);
}

int main(void)
{
	const struct CMUnitTest unit_tests[] = {
		cmocka_unit_test(a_container_is_stopped_by_what_runs_it),
	};

	return cmocka_run_group_tests_name("remedy_container", unit_tests, NULL, NULL);
}
