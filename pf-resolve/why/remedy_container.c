#include "remedy_draft.h"

#include <inttypes.h>

/* What its runtime's commands call the container; data NULL: unknown. */
static struct bytes container_word(const struct remedy_case *holder)
{
	const struct container *container = holder->container;

	if (holder->is_unverified)
		return (struct bytes){0};
	return container->name.data ? container->name : container_short_id(container);
}

static bool has_stop_command(const struct container *container)
{
	return bytes_is(container->runtime, "docker") || bytes_is(container->runtime, "podman");
}

static bool is_known_by_port(const struct remedy_case *holder)
{
	return holder->is_forwarder && holder->container_user < 0 &&
		bytes_is(holder->container->runtime, "docker");
}

/* Behind the reason: what NAME stands for. */
static void draft_container_hint(struct draft *draft, const struct remedy_case *holder)
{
	const struct bytes runtime = holder->container->runtime;

	if (container_word(holder).data || is_known_by_port(holder))
		return;
	draft_text(draft, &draft->text->why, " (");
	if (holder->container_user >= 0)
		draft_format(draft, &draft->text->why, "sudo -iu '#%" PRId64 "' ",
			holder->container_user);
	draft_bytes(draft, &draft->text->why, runtime);
	draft_text(draft, &draft->text->why, " ps shows the NAME)");
}

/* The command of the runtime, run by the user whose containers they are. */
static void draft_runtime(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *command = &draft->text->command;

	/* sudo(8): a number needs the '#'. -i: podman wants a directory that its user may enter. */
	if (holder->container_user >= 0)
		draft_format(draft, command, "sudo -iu '#%" PRId64 "' ", holder->container_user);
	draft_word(draft, command, holder->container->runtime);
}

/* A unit, or a pod, that runs the container, and would start it again. Returns true if so. */
static bool draft_stop_owner(struct draft *draft, const struct remedy_case *holder)
{
	const struct listed_container *listed = holder->listed_container;
	struct buffer *command = &draft->text->command;

	if (listed && listed->unit.length) {
		draft_text(draft, command,
			holder->is_user_podman ? "systemctl --user stop " : "systemctl stop ");
		draft_word(draft, command, buffer_bytes(&listed->unit));
	} else if (listed && listed->pod.length) {
		draft_runtime(draft, holder);
		draft_text(draft, command, " pod stop ");
		draft_word(draft, command, buffer_bytes(&listed->pod));
	} else {
		return false;
	}
	return true;
}

static void stop_container(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *command = &draft->text->command;
	struct bytes word = container_word(holder);

	if (draft_stop_owner(draft, holder))
		return;
	if (word.data) {
		draft_runtime(draft, holder);
		draft_text(draft, command, " stop ");
		draft_word(draft, command, word);
	} else if (is_known_by_port(holder)) {
		/* Its name is unknown: docker knows it by the port, and podman doesn't. */
		draft_format(draft, command, "docker stop $(docker ps -q --filter publish=%u)",
			holder->port);
	} else {
		draft_runtime(draft, holder);
		draft_text(draft, command, " stop NAME");
	}
}

/* What starts another container in its place. Returns true if there is such a thing. */
static bool draft_keeper(struct draft *draft, const struct remedy_case *holder)
{
	static const char *const keepers[] = {
		[KEEPER_NONE] = NULL,
		[KEEPER_SWARM] =
			"it is a task of a Swarm service, which would start another: "
			"scale that down (docker service ls shows it)",
		[KEEPER_NOMAD] =
			"Nomad would start another: stop its job (nomad job status shows "
			"it)",
		[KEEPER_KUBERNETES] =
			"stop what its pod belongs to (kubectl scale, kubectl "
			"delete): otherwise kubelet restarts it",
	};
	const struct listed_container *listed = holder->listed_container;

	if (!listed || listed->keeper == KEEPER_NONE)
		return false;
	draft_verdict(draft, VERDICT_STOP, keepers[listed->keeper]);
	return true;
}

/* A forwarder outlives its container if the engine was killed. */
static void draft_left_behind(struct draft *draft, const struct remedy_case *holder)
{
	draft_kill(draft, holder->ancestors[0]);
	draft_verdict(draft, VERDICT_KILL, "it was left behind: ");
	draft_bytes(draft, &draft->text->why, holder->container->runtime);
	draft_text(draft, &draft->text->why, " runs no container that publishes this port");
}

void remedy_of_forwarder(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	if (holder->is_left_behind) {
		draft_left_behind(draft, holder);
		return;
	}
	if (draft_keeper(draft, holder))
		return;
	stop_container(draft, holder);
	if (holder->is_hidden || !holder->is_forwarder)
		draft_verdict(draft, VERDICT_STOP, "it publishes this port");
	else
		draft_verdict(draft, VERDICT_STOP,
			"it only forwards to the container, which would keep running, unreachable");
	draft_container_hint(draft, holder);
	if (holder->is_forwarder && !holder->listed_container && holder->count)
		draft_format(draft, why, "; if there is none, it was left behind: kill %" PRId64,
			holder->ancestors[0]->pid);
}

static void judge_pod(struct draft *draft, const struct remedy_case *holder)
{
	draft_verdict(draft, VERDICT_STOP, "stop what its pod");
	if (holder->pod.data) {
		draft_text(draft, &draft->text->why, " ");
		draft_bytes(draft, &draft->text->why, holder->pod);
	}
	draft_text(draft, &draft->text->why,
		" belongs to (kubectl scale, kubectl delete): otherwise kubelet restarts it");
}

/* containerd without Kubernetes is nerdctl's. */
static void judge_containerd(struct draft *draft, const struct remedy_case *holder)
{
	struct bytes id = container_short_id(holder->container);

	draft_text(draft, &draft->text->command, "nerdctl stop ");
	if (holder->is_unverified || !id.data)
		draft_text(draft, &draft->text->command, "NAME");
	else
		draft_word(draft, &draft->text->command, id);
	draft_verdict(
		draft, VERDICT_STOP, "it runs in a container of containerd, which may restart it");
}

static struct bytes restart_policy(const struct remedy_case *holder)
{
	return holder->listed_container
		? buffer_bytes_if_any(&holder->listed_container->restart_policy)
		: (struct bytes){0};
}

static bool will_not_restart(struct bytes policy)
{
	return policy.data && (policy.length == 0 || bytes_is(policy, "no"));
}

/* Of a container with processes that its runtime started, and may start again. */
void remedy_of_container(struct draft *draft, const struct remedy_case *holder)
{
	const struct bytes policy = restart_policy(holder);
	struct buffer *why = &draft->text->why;

	if (draft_keeper(draft, holder))
		return;
	if (!has_stop_command(holder->container)) {
		if (!holder->pod.data && bytes_is(holder->container->runtime, "containerd"))
			judge_containerd(draft, holder);
		else
			judge_pod(draft, holder);
		return;
	}
	stop_container(draft, holder);
	/* Its program is often pid 1 there and ignores SIGTERM, or a loop brings it back. */
	if (will_not_restart(policy) && !remedy_is_manager(holder)) {
		draft_verdict(draft, VERDICT_UNKNOWN,
			"its container's restart policy is \"no\", but what runs in there may "
			"restart it");
		return;
	}
	draft_verdict(draft, VERDICT_STOP, "it runs in a container; otherwise ");
	draft_bytes(draft, why, holder->container->runtime);
	if (policy.data) {
		draft_text(draft, why, " restarts it (restart policy ");
		draft_bytes(draft, why, policy);
		draft_text(draft, why, ")");
	} else {
		draft_text(draft, why, " may restart it");
	}
	draft_container_hint(draft, holder);
}
