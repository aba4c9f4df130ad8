#include "remedy_draft.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "unit_name.h"

/* How the commands of a machine that a container is are given from outside. */
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

/* Cuts the first unit off the front of *triggers, of which a user's own systemd may say anything.
 */
static bool next_trigger(struct bytes *triggers, struct bytes *ret_unit)
{
	static const char *const types[] = {".socket", ".timer", ".path", ".automount", NULL};

	while (triggers->length) {
		struct bytes unit = bytes_cut_word(triggers);

		if (unit_name_is_valid(unit, types)) {
			*ret_unit = unit;
			return true;
		}
	}
	return false;
}

static bool has_trigger(const struct remedy_case *holder)
{
	struct bytes rest = holder->triggers;
	struct bytes unit;

	return next_trigger(&rest, &unit);
}

/* Each with a blank behind it. */
static void draft_triggers(struct draft *draft, struct buffer *buffer,
	const struct remedy_case *holder,
	void (*draft_unit)(struct draft *, struct buffer *, struct bytes))
{
	struct bytes rest = holder->triggers;
	struct bytes unit;

	while (next_trigger(&rest, &unit)) {
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
	draft_triggers(draft, command, holder, draft_word);
	draft_word(draft, command, holder->unit->name);
}

/* Of the end of a process with which the unit ends. */
void remedy_of_unit(struct draft *draft, const struct remedy_case *holder)
{
	const struct unit *unit = holder->unit;
	struct buffer *why = &draft->text->why;

	if (bytes_is(unit->restart, "no") && !has_trigger(holder)) {
		draft_kill(draft, holder->ancestors[holder->restarter.top]);
		draft_verdict(draft, VERDICT_KILL, "nothing known restarts it: ");
		draft_bytes(draft, why, unit->name);
		draft_text(draft, why, " has Restart=no");
		return;
	}
	draft_stop_unit(draft, holder);
	draft->text->verdict = VERDICT_STOP;
	draft_text(draft, why, "otherwise ");
	if (bytes_is(unit->restart, "no")) {
		draft_triggers(draft, why, holder, draft_bytes);
		draft_text(draft, why, "starts it again");
		return;
	}
	draft_text(draft, why, unit->manager == MANAGER_USER ? "the user's systemd " : "systemd ");
	if (unit->restart.data) {
		draft_text(draft, why, "restarts it (Restart=");
		draft_bytes(draft, why, unit->restart);
		draft_text(draft, why, ")");
	} else {
		draft_text(draft, why, "may restart it");
	}
}

/* systemd started the process below it: as a unit's main process, or what was left of another. */
void remedy_of_managed(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *started = holder->ancestors[holder->restarter.decisive - 1];

	if (remedy_is_service(holder->unit) &&
		(holder->main_pid <= 0 || holder->main_pid == started->pid)) {
		remedy_of_unit(draft, holder);
		return;
	}
	draft_kill(draft, holder->ancestors[holder->restarter.top]);
	draft_verdict(draft, VERDICT_KILL, "nothing known restarts it");
}
