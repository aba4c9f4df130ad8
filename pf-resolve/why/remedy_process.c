#include "remedy_draft.h"

void remedy_of_supervisor(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *process = holder->ancestors[holder->restarter.decisive];
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	struct buffer *command = &draft->text->command;
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	if (supervisor->service == SERVICE_NONE)
		draft_kill(draft, process);
	else if (!draft->error)
		draft->error = supervisor_append_stop(supervisor, holder->service, command);
	draft_text(draft, why, "otherwise ");
	draft_process(draft, why, process);
	draft_text(draft, why, " restarts it");
	if (supervisor->hint && !supervisor_takes(supervisor, holder->service))
		draft_format(draft, why, " (%s)", supervisor->hint);
}

void remedy_of_interactive(struct draft *draft, const struct remedy_case *holder)
{
	draft_kill(draft, holder->ancestors[holder->restarter.top]);
	draft_verdict(draft, VERDICT_KILL, "nothing known restarts it");
}

void remedy_of_other(struct draft *draft, const struct remedy_case *holder)
{
	const struct restarter *restarter = &holder->restarter;
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_UNKNOWN;
	draft_kill(draft, holder->ancestors[restarter->top]);
	if (restarter->decisive < holder->count)
		draft_process(draft, why, holder->ancestors[restarter->decisive]);
	else
		draft_text(draft, why, "its parent is not visible, and");
	draft_text(draft, why, " may restart it");
	if (restarter->role.supervisor)
		draft_format(draft, why, " (%s)", restarter->role.supervisor->hint);
}

void remedy_of_init(struct draft *draft, const struct remedy_case *holder)
{
	bool is_launchd = bytes_is(buffer_bytes(&holder->ancestors[0]->command), "launchd");

	draft_verdict(draft, VERDICT_STOP,
		"it is init, which may hold the socket for a service: stop that instead (");
	draft_text(draft, &draft->text->why,
		is_launchd ? "sudo launchctl bootout system/NAME)" : "systemctl stop NAME.socket)");
}

/* Ending it, or stopping its unit, would end everything it runs. */
void remedy_of_manager(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	draft_process(draft, why, holder->ancestors[0]);
	draft_text(draft, why,
		" runs other programs too, which would end with it: stop the one that "
		"uses this port instead");
}
