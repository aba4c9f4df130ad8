#include "remedy.h"

#include "manager.h"
#include "remedy_draft.h"

bool remedy_is_manager(const struct remedy_case *holder)
{
	return manager_is(buffer_bytes(&holder->ancestors[0]->command),
		buffer_bytes(&holder->ancestors[0]->arguments));
}

static void judge_holder(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;

	if (holder->is_forwarder)
		remedy_of_forwarder(draft, holder);
	else if (holder->is_run_by_unit && remedy_is_service(holder->unit) &&
		!container_is_machine(container->runtime))
		remedy_of_unit(draft, holder);
	else if (container->runtime.data && !container_is_machine(container->runtime) &&
		holder->restarter.role.kind != ROLE_INTERACTIVE)
		remedy_of_container(draft, holder);
	else if (holder->ancestors[0]->pid == 1)
		remedy_of_init(draft, holder);
	else if (remedy_is_manager(holder))
		remedy_of_manager(draft, holder);
	else if (holder->restarter.role.kind == ROLE_MANAGER)
		remedy_of_managed(draft, holder);
	else if (holder->restarter.role.kind == ROLE_SUPERVISOR)
		remedy_of_supervisor(draft, holder);
	else if (holder->restarter.role.kind == ROLE_INTERACTIVE)
		remedy_of_interactive(draft, holder);
	else
		remedy_of_other(draft, holder);
}

int remedy_find(const struct remedy_case *holder, struct remedy_text *ret_text)
{
	struct draft draft = {.text = ret_text};

	judge_holder(&draft, holder);
	if (ret_text->command.length > REMEDY_COMMAND_MAX)
		ret_text->command.length = 0;
	return draft.error;
}

void remedy_text_release(struct remedy_text *text)
{
	buffer_release(&text->command);
	buffer_release(&text->why);
}
