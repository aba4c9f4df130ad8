#include "remedy.h"

#include <inttypes.h>

#include "manager.h"
#include "remedy_draft.h"

bool remedy_is_manager(const struct remedy_case *holder)
{
	return manager_is(buffer_bytes(&holder->ancestors[0]->command),
		buffer_bytes(&holder->ancestors[0]->arguments));
}

/* Not for a shell that a person has in the container. */
static bool is_container_decisive(const struct remedy_case *holder)
{
	return holder->container->runtime.data &&
		!container_is_machine(holder->container->runtime) &&
		holder->restarter.role.kind != ROLE_INTERACTIVE;
}

static bool is_unit_decisive(const struct remedy_case *holder)
{
	if (holder->is_run_by_unit && !container_is_machine(holder->container->runtime))
		return remedy_is_service(holder->unit);
	return false;
}

static void judge_process(struct draft *draft, const struct remedy_case *holder)
{
	if (remedy_has_own_unit(holder)) {
		remedy_of_unit(draft, holder);
		return;
	}
	switch (holder->restarter.role.kind) {
	case ROLE_MANAGER:
		remedy_of_managed(draft, holder);
		return;
	case ROLE_SUPERVISOR:
		remedy_of_supervisor(draft, holder);
		return;
	case ROLE_INTERACTIVE:
		remedy_of_interactive(draft, holder);
		return;
	default:
		break;
	}
	if (holder->restarter.is_adopted)
		remedy_of_orphan(draft, holder);
	else
		remedy_of_other(draft, holder);
}

static void judge_holder(struct draft *draft, const struct remedy_case *holder)
{
	if (holder->is_hidden || holder->is_forwarder || holder->is_published)
		remedy_of_forwarder(draft, holder);
	else if (is_unit_decisive(holder))
		remedy_of_unit(draft, holder);
	else if (is_container_decisive(holder))
		remedy_of_container(draft, holder);
	else if (holder->socket_unit.id.data)
		remedy_of_socket_unit(draft, holder);
	else if (holder->ancestors[0]->pid == 1)
		remedy_of_init(draft, holder);
	else if (remedy_is_manager(holder))
		remedy_of_manager(draft, holder);
	else
		judge_process(draft, holder);
}

/* Until it goes on, a stopped process acts on no signal but SIGKILL. */
static void draft_continue(struct draft *draft, const struct remedy_case *holder)
{
	if (!holder->count || !holder->ancestors[0]->is_stopped ||
		!bytes_begin_with(buffer_bytes(&draft->text->command), bytes_of("kill ")))
		return;
	draft_format(
		draft, &draft->text->command, " && kill -CONT %" PRId64, holder->ancestors[0]->pid);
	draft_text(draft, &draft->text->why,
		"; it is stopped (as by Ctrl-Z), and has to go on to end");
}

int remedy_find(const struct remedy_case *holder, struct remedy_text *ret_text)
{
	struct draft draft = {.text = ret_text};

	judge_holder(&draft, holder);
	draft_continue(&draft, holder);
	if (ret_text->command.length > REMEDY_COMMAND_MAX)
		ret_text->command.length = 0;
	return draft.error;
}

void remedy_text_release(struct remedy_text *text)
{
	buffer_release(&text->command);
	buffer_release(&text->why);
}
