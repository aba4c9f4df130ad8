#include "remedy_draft.h"

#include <inttypes.h>

/* A supervisor ends what it has started: a shell, which need not take its child along. */
static bool is_behind_launcher(const struct remedy_case *holder)
{
	return holder->restarter.role.supervisor->service != SERVICE_NONE &&
		holder->restarter.decisive > holder->restarter.top + 1;
}

static void draft_supervisor_stop(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *process = holder->ancestors[holder->restarter.decisive];
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	struct buffer *command = &draft->text->command;

	if (supervisor->service != SERVICE_NONE) {
		if (!draft->error)
			draft->error = supervisor_append_stop(supervisor, holder->service, command);
		if (is_behind_launcher(holder))
			draft_format(draft, command, "; kill %" PRId64,
				holder->ancestors[holder->restarter.top]->pid);
	} else if (supervisor->signal) {
		draft_format(draft, command, "kill -%s %" PRId64, supervisor->signal, process->pid);
	} else {
		/* What it started goes on without it, with the port. */
		draft_kill(draft, process);
		draft_kill(draft, holder->ancestors[holder->restarter.top]);
	}
}

void remedy_of_supervisor(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *process = holder->ancestors[holder->restarter.decisive];
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	draft_supervisor_stop(draft, holder);
	draft_text(draft, why, "otherwise ");
	draft_process(draft, why, process);
	draft_text(draft, why, " restarts it");
	if (supervisor->when)
		draft_format(draft, why, " %s", supervisor->when);
	if (is_behind_launcher(holder))
		draft_text(draft, why, "; stopping the service may end only what started it");
	if (holder->is_doubtful)
		draft_text(draft, why,
			"; it runs as another user, whose word for NAME pf doesn't take");
	if (supervisor->hint && !supervisor_takes(supervisor, holder->service))
		draft_format(draft, why, " (%s)", supervisor->hint);
}

/* A master may start another worker. */
static void draft_master(struct draft *draft, const struct remedy_case *holder)
{
	draft_process(draft, &draft->text->why, holder->ancestors[holder->restarter.top]);
	draft_text(draft, &draft->text->why, ", which runs the same program, may restart it");
	draft->text->verdict = VERDICT_UNKNOWN;
}

static bool has_master(const struct remedy_case *holder)
{
	return holder->restarter.top > 0 && !holder->top_holds;
}

void remedy_of_interactive(struct draft *draft, const struct remedy_case *holder)
{
	draft_kill_top(draft, holder);
	if (has_master(holder))
		draft_master(draft, holder);
	else
		draft_verdict(draft, VERDICT_KILL, "nothing known restarts it");
}

void remedy_of_orphan(struct draft *draft, const struct remedy_case *holder)
{
	draft_kill_top(draft, holder);
	if (has_master(holder))
		draft_master(draft, holder);
	else
		draft_verdict(draft, VERDICT_KILL,
			"it is orphaned: what started it has ended, and nothing known restarts it");
}

void remedy_of_other(struct draft *draft, const struct remedy_case *holder)
{
	const struct restarter *restarter = &holder->restarter;
	const struct supervisor *supervisor = restarter->role.supervisor;
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_UNKNOWN;
	if (supervisor && !supervisor->hint)
		draft_kill(draft, holder->ancestors[restarter->decisive]);
	draft_kill_top(draft, holder);
	if (restarter->decisive < holder->count)
		draft_process(draft, why, holder->ancestors[restarter->decisive]);
	else
		draft_text(draft, why, "its parent is not visible, and");
	draft_text(draft, why, " may restart it");
	if (supervisor && supervisor->hint)
		draft_format(draft, why, " (%s)", supervisor->hint);
}

void remedy_of_init(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *facts = holder->ancestors[0];
	const struct program program = process_program(facts);
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	if (bytes_is(program.command, "launchd"))
		draft_text(draft, why,
			"it is init, which may hold the socket for a service: stop that instead "
			"(sudo launchctl bootout system/NAME)");
	else if (role_of(&program, true).kind == ROLE_MANAGER)
		draft_text(draft, why,
			"it is init, which may hold the socket for a service: stop that instead "
			"(systemctl list-sockets shows it)");
	else
		draft_text(draft, why,
			"it is pid 1, with which the whole container or machine ends: stop the "
			"container from outside");
}

/* A supervisor's own command stops the program that uses the port. */
static void draft_stop_managed(struct draft *draft, const struct remedy_case *holder)
{
	const struct program program = process_program(holder->ancestors[0]);
	const struct supervisor *supervisor = supervisor_find(&program);
	struct buffer *why = &draft->text->why;

	draft_text(draft, why,
		" runs other programs too, which would end with it: stop the one that uses this "
		"port instead");
	if (!supervisor || !supervisor->stop)
		return;
	if (!draft->error)
		draft->error = supervisor_append_stop(
			supervisor, (struct bytes){0}, &draft->text->command);
	if (supervisor->hint)
		draft_format(draft, why, " (%s)", supervisor->hint);
}

/* Ending it, or stopping its unit, would end everything it runs. */
void remedy_of_manager(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	draft_process(draft, why, holder->ancestors[0]);
	if (holder->publisher)
		draft_format(draft, why,
			" may hold this port for a container: stop that instead (%s ps shows which "
			"one publishes it)",
			holder->publisher);
	else
		draft_stop_managed(draft, holder);
}
