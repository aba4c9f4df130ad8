#include "remedy_draft.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "unit_name.h"

/* Begins a systemctl command, from outside if a container is a machine. */
void remedy_draft_way_in(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;
	struct bytes name = holder->is_unverified ? bytes_of("NAME") : container->name;
	struct buffer *command = &draft->text->command;
	char user[NUMBER_TEXT_MAX + sizeof("@")] = "";

	/* systemd's user-system-options(7): alone, --user is the manager of who runs it. */
	if (holder->unit->manager == MANAGER_USER && holder->manager_user >= 0)
		snprintf(user, sizeof(user), "%" PRId64 "@", holder->manager_user);
	if (bytes_is(container->runtime, "lxc") && container->name.data) {
		draft_text(draft, command, "lxc-attach --name ");
		draft_word(draft, command, name);
		draft_text(draft, command, " -- ");
	} else if (container->name.data &&
		(bytes_is(container->runtime, "incus") || bytes_is(container->runtime, "lxd"))) {
		draft_text(draft, command,
			bytes_is(container->runtime, "lxd") ? "lxc exec " : "incus exec ");
		draft_word(draft, command, name);
		draft_text(draft, command, " -- ");
	}
	if (holder->directory) {
		draft_text(draft, command, "XDG_RUNTIME_DIR=");
		draft_word(draft, command, bytes_of(holder->directory));
		draft_text(draft, command, " ");
	}
	draft_text(draft, command, "systemctl ");
	if (holder->unit->manager == MANAGER_USER)
		draft_text(draft, command, "--user ");
	if (bytes_is(container->runtime, "systemd-nspawn") && container->name.data) {
		draft_text(draft, command, "--machine ");
		draft_text(draft, command, user);
		draft_word(draft, command, name);
		draft_text(draft, command, " ");
	} else if (user[0]) {
		draft_text(draft, command, "--machine ");
		draft_text(draft, command, user);
		draft_text(draft, command, ".host ");
	}
}

bool remedy_is_service(const struct unit *unit)
{
	const struct bytes suffix = bytes_of(".service");

	return unit->name.length > suffix.length && bytes_end_with(unit->name, suffix);
}

/* Cuts the first valid unit off the front of *names; a user's systemd may say anything. */
static bool next_unit(struct bytes *names, const char *const types[], struct bytes *ret_unit)
{
	while (names->length) {
		struct bytes unit = bytes_cut_word(names);

		if (unit_name_is_valid(unit, types)) {
			*ret_unit = unit;
			return true;
		}
	}
	return false;
}

/* What starts a unit on demand. */
static const char *const trigger_types[] = {".socket", ".timer", ".path", ".automount", NULL};

static const char *const any_type[] = {".service", ".target", ".socket", ".timer", ".path",
	".mount", ".automount", ".device", ".scope", ".slice", NULL};

static bool has_unit(struct bytes names, const char *const types[])
{
	struct bytes unit;

	return next_unit(&names, types, &unit);
}

/* Each followed by a space. */
static void draft_units(struct draft *draft, struct buffer *buffer, struct bytes names,
	const char *const types[],
	void (*draft_unit)(struct draft *, struct buffer *, struct bytes))
{
	struct bytes unit;

	while (next_unit(&names, types, &unit)) {
		draft_unit(draft, buffer, unit);
		draft_text(draft, buffer, " ");
	}
}

static void draft_stop_unit(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *command = &draft->text->command;

	remedy_draft_way_in(draft, holder);
	draft_text(draft, command, "stop ");
	/* Else its socket or its timer starts it again. */
	if (holder->listed)
		draft_units(
			draft, command, holder->listed->triggered_by, trigger_types, draft_word);
	draft_word(draft, command, holder->unit->name);
}

/* The index of the unit's main process among the ancestors; their count if it isn't there. */
static size_t main_index(const struct remedy_case *holder)
{
	size_t i = 0;

	while (i < holder->count &&
		(!holder->listed || holder->ancestors[i]->pid != holder->listed->main_pid))
		i++;
	return i;
}

bool remedy_has_own_unit(const struct remedy_case *holder)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	size_t main = main_index(holder);

	/* A supervisor's own command stops less than its unit. */
	if (supervisor && supervisor->service != SERVICE_NONE)
		return false;
	if (holder->restarter.role.kind == ROLE_RUNNER ||
		holder->restarter.role.kind == ROLE_MANAGER)
		return false;
	return remedy_is_service(holder->unit) && holder->is_alone && main < holder->count &&
		main >= holder->restarter.decisive;
}

static void draft_systemd(struct draft *draft, const struct remedy_case *holder)
{
	draft_text(draft, &draft->text->why,
		holder->unit->manager == MANAGER_USER ? "the user's systemd " : "systemd ");
}

/* Returns true if it is known what starts the unit again, in spite of Restart=no. */
static bool draft_other_starter(struct draft *draft, const struct remedy_case *holder)
{
	const struct listed_unit *listed = holder->listed;
	struct buffer *why = &draft->text->why;

	if (has_unit(listed->triggered_by, trigger_types)) {
		draft_text(draft, why, "otherwise ");
		draft_units(draft, why, listed->triggered_by, trigger_types, draft_bytes);
		draft_text(draft, why, "starts it again");
	} else if (listed->restart_force_exit_status.length) {
		draft_text(draft, why, "otherwise ");
		draft_systemd(draft, holder);
		draft_text(draft, why, "may restart it (RestartForceExitStatus=");
		draft_bytes(draft, why, listed->restart_force_exit_status);
		draft_text(draft, why, ")");
	} else {
		return false;
	}
	return true;
}

/* A unit that another one upholds: stopping that one would end more than the port. */
static bool draft_upheld(struct draft *draft, const struct remedy_case *holder)
{
	struct bytes upheld_by = holder->listed->upheld_by;
	struct buffer *why = &draft->text->why;

	if (!has_unit(upheld_by, any_type))
		return false;
	draft_units(draft, why, upheld_by, any_type, draft_bytes);
	draft_text(draft, why, "would start it again (Upholds=): stop or change that first");
	return true;
}

/* What systemd starts when the unit ends may start it again. */
static bool draft_follower(struct draft *draft, const struct remedy_case *holder)
{
	const struct listed_unit *listed = holder->listed;
	struct buffer *why = &draft->text->why;

	if (!has_unit(listed->on_success, any_type) && !has_unit(listed->on_failure, any_type))
		return false;
	draft->text->verdict = VERDICT_UNKNOWN;
	draft_units(draft, why, listed->on_success, any_type, draft_bytes);
	draft_units(draft, why, listed->on_failure, any_type, draft_bytes);
	draft_text(draft, why, "may restart it (OnSuccess=, OnFailure=)");
	return true;
}

/* Its main process may be a script with a loop. */
static bool draft_starter(struct draft *draft, const struct remedy_case *holder)
{
	size_t decisive = holder->restarter.decisive;

	if (decisive >= holder->count || holder->restarter.role.kind == ROLE_MANAGER)
		return false;
	draft_text(draft, &draft->text->why, "otherwise ");
	draft_process(draft, &draft->text->why, holder->ancestors[decisive]);
	draft_text(draft, &draft->text->why,
		holder->restarter.role.kind == ROLE_SUPERVISOR ? " restarts it"
							       : " may restart it");
	return true;
}

/* Units that can give up the port without being stopped. */
static void draft_alternative(struct draft *draft, const struct remedy_case *holder)
{
	enum { DNS = 53 };

	if (bytes_is(holder->unit->name, "systemd-resolved.service") && holder->port == DNS)
		draft_text(draft, &draft->text->why,
			"; to keep the resolver, set DNSStubListener=no in resolved.conf(5) "
			"instead");
}

/* For a process whose end is the unit's end. */
static void judge_unit(struct draft *draft, const struct remedy_case *holder)
{
	const struct unit *unit = holder->unit;
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	if (holder->listed && draft_upheld(draft, holder))
		return;
	draft_stop_unit(draft, holder);
	if (holder->listed && bytes_is(unit->restart, "no")) {
		if (draft_other_starter(draft, holder) || draft_starter(draft, holder) ||
			draft_follower(draft, holder))
			return;
		draft_verdict(draft, VERDICT_KILL, "nothing known restarts it: ");
		draft_bytes(draft, why, unit->name);
		draft_text(draft, why, " has Restart=no");
		return;
	}
	draft_text(draft, why, "otherwise ");
	draft_systemd(draft, holder);
	if (unit->restart.data) {
		draft_text(draft, why, "restarts it (Restart=");
		draft_bytes(draft, why, unit->restart);
		draft_text(draft, why, ")");
	} else {
		draft_text(draft, why, "may restart it");
	}
}

/*
 * systemd keeps the socket when the unit's service runs. An instance of a template
 * ("echo@1.service") has one connection, and not the socket.
 */
void remedy_of_socket_unit(struct draft *draft, const struct remedy_case *holder)
{
	static const char *const services[] = {".service", NULL};
	struct bytes triggers = holder->socket_unit.triggers;
	struct buffer *command = &draft->text->command;
	struct bytes service;

	draft_text(draft, command,
		holder->ancestors[0]->pid == 1 ? "systemctl stop " : "systemctl --user stop ");
	draft_word(draft, command, holder->socket_unit.id);
	while (next_unit(&triggers, services, &service)) {
		if (memchr(service.data, '@', service.length))
			continue;
		draft_text(draft, command, " ");
		draft_word(draft, command, service);
	}
	draft_verdict(draft, VERDICT_STOP, "systemd holds the socket for this unit");
}

void remedy_of_unit(struct draft *draft, const struct remedy_case *holder)
{
	judge_unit(draft, holder);
	draft_alternative(draft, holder);
}

/* A process that its unit's main process did not start, or whose starter has ended. */
static void remedy_of_left_over(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_UNKNOWN;
	draft_kill_top(draft, holder);
	if (bytes_is(holder->unit->name, "monit.service")) {
		draft_text(draft, why,
			"monit may restart it (monit stop NAME stops it, and monit summary shows "
			"the NAME)");
		return;
	}
	draft_text(draft, why, "it is not the main process of ");
	draft_bytes(draft, why, holder->unit->name);
	draft_text(draft, why, ", which may restart it");
}

/* A unit without a main process may be about to be restarted. */
static bool may_be_main(const struct remedy_case *holder)
{
	return !holder->listed || holder->listed->main_pid < 0 ||
		(holder->listed->main_pid == 0 && !bytes_is(holder->unit->restart, "no")) ||
		main_index(holder) < holder->restarter.decisive;
}

/*
 * The main process is a launcher, such as a shell that starts two servers, and stopping the unit
 * may end more than the holder.
 */
static bool may_run_others(const struct remedy_case *holder)
{
	size_t main = main_index(holder);

	return main > holder->restarter.top && main < holder->restarter.decisive &&
		!holder->is_alone;
}

static void remedy_of_one_of_several(struct draft *draft, const struct remedy_case *holder)
{
	draft->text->verdict = VERDICT_UNKNOWN;
	draft_kill_top(draft, holder);
	draft_process(draft, &draft->text->why, holder->ancestors[main_index(holder)]);
	draft_text(draft, &draft->text->why, " may restart it, and ");
	draft_bytes(draft, &draft->text->why, holder->unit->name);
	draft_text(draft, &draft->text->why, " may run other programs too");
}

/* systemd is the parent: it started the process, or adopted it. */
void remedy_of_managed(struct draft *draft, const struct remedy_case *holder)
{
	const struct bytes scope = bytes_of(".scope");

	/* systemd.scope(5): systemd starts no process in a scope. */
	if (bytes_end_with(holder->unit->name, scope))
		remedy_of_orphan(draft, holder);
	else if (!remedy_is_service(holder->unit))
		remedy_of_other(draft, holder);
	else if (may_run_others(holder))
		remedy_of_one_of_several(draft, holder);
	else if (may_be_main(holder))
		remedy_of_unit(draft, holder);
	else
		remedy_of_left_over(draft, holder);
}
