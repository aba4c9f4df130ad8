#include "remedy_draft.h"

/* What the container is called where its runtime's command is given; data NULL: it can't be told.
 */
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
	return holder->is_forwarder && bytes_is(holder->container->runtime, "docker");
}

/* Behind the reason: what NAME stands for. */
static void draft_container_hint(struct draft *draft, const struct remedy_case *holder)
{
	const struct bytes runtime = holder->container->runtime;

	if (!container_word(holder).data && !is_known_by_port(holder))
		draft_format(draft, &draft->text->why, " (%.*s ps shows the NAME)",
			(int)runtime.length, runtime.data);
}

static void stop_container(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;
	struct buffer *command = &draft->text->command;
	struct bytes word = container_word(holder);

	if (word.data) {
		draft_word(draft, command, container->runtime);
		draft_text(draft, command, " stop ");
		draft_word(draft, command, word);
	} else if (is_known_by_port(holder)) {
		/* Its name can't be told: docker knows it by the port, and podman doesn't. */
		draft_format(draft, command, "docker stop $(docker ps -q --filter publish=%u)",
			holder->port);
	} else {
		draft_word(draft, command, container->runtime);
		draft_text(draft, command, " stop NAME");
	}
}

void remedy_of_forwarder(struct draft *draft, const struct remedy_case *holder)
{
	stop_container(draft, holder);
	draft_verdict(draft, VERDICT_STOP,
		"it only forwards to the container, which would keep running, unreachable");
	draft_container_hint(draft, holder);
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

static bool will_not_restart(struct bytes policy)
{
	return policy.data && (policy.length == 0 || bytes_is(policy, "no"));
}

/* Of a container with processes that its runtime started, and may start again. */
void remedy_of_container(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	if (!has_stop_command(holder->container)) {
		judge_pod(draft, holder);
		return;
	}
	if (will_not_restart(holder->restart_policy) && !remedy_is_manager(holder)) {
		draft_kill(draft, holder->ancestors[holder->restarter.top]);
		draft_verdict(draft, VERDICT_KILL,
			"nothing known restarts it: its container's restart policy is \"no\"");
		return;
	}
	stop_container(draft, holder);
	draft_verdict(draft, VERDICT_STOP, "it runs in a container; otherwise ");
	draft_bytes(draft, why, holder->container->runtime);
	if (holder->restart_policy.data) {
		draft_text(draft, why, " restarts it (restart policy ");
		draft_bytes(draft, why, holder->restart_policy);
		draft_text(draft, why, ")");
	} else {
		draft_text(draft, why, " may restart it");
	}
	draft_container_hint(draft, holder);
}
