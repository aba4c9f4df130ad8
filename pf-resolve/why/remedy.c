#include "remedy.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"
#include "base/shell_word.h"
#include "manager.h"
#include "unit_name.h"

/*
 * A remedy in the making: what is appended is appended only while nothing has failed, so
 * that one look at `error` at the end will do.
 */
struct draft {
	struct remedy_text *text;
	int error;
};

static void put(struct draft *draft, struct buffer *buffer, const char *text)
{
	if (!draft->error)
		draft->error = buffer_append_text(buffer, text);
}

static void put_word(struct draft *draft, struct buffer *buffer, struct bytes word)
{
	if (!draft->error)
		draft->error = shell_word_append(buffer, word);
}

static void put_bytes(struct draft *draft, struct buffer *buffer, struct bytes bytes)
{
	if (!draft->error)
		draft->error = buffer_append(buffer, bytes.data, bytes.length);
}

__attribute__((format(PF_PRINTF, 3, 4))) static void put_format(
	struct draft *draft, struct buffer *buffer, const char *format, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	put(draft, buffer, text);
}

/* "tmux (900)" */
static void put_process(
	struct draft *draft, struct buffer *buffer, const struct process_facts *process)
{
	if (process->command.length)
		put_bytes(draft, buffer, buffer_bytes(&process->command));
	else
		put(draft, buffer, "a process");
	put_format(draft, buffer, " (%" PRId64 ")", process->pid);
}

static void judge(struct draft *draft, enum verdict verdict, const char *why)
{
	draft->text->verdict = verdict;
	put(draft, &draft->text->why, why);
}

static void put_kill(struct draft *draft, const struct process_facts *process)
{
	put_format(draft, &draft->text->command, "kill %" PRId64, process->pid);
}

static bool is_manager(const struct remedy_case *holder)
{
	return manager_is(buffer_bytes(&holder->ancestors[0]->command),
		buffer_bytes(&holder->ancestors[0]->arguments));
}

/* ---- containers ---- */

/* What the container is called where its runtime's command is given; data NULL: it can't be told.
 */
static struct bytes container_word(const struct remedy_case *holder)
{
	/* As many digits as the runtimes themselves show. */
	enum { SHORT_ID = 12 };
	const struct container *container = holder->container;
	struct bytes id = container->id;

	if (holder->is_unverified)
		return (struct bytes){0};
	if (id.length > SHORT_ID)
		id.length = SHORT_ID;
	return container->name.data ? container->name : id;
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
static void put_container_hint(struct draft *draft, const struct remedy_case *holder)
{
	const struct bytes runtime = holder->container->runtime;

	if (!container_word(holder).data && !is_known_by_port(holder))
		put_format(draft, &draft->text->why, " (%.*s ps shows the NAME)",
			(int)runtime.length, runtime.data);
}

static void stop_container(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;
	struct buffer *command = &draft->text->command;
	struct bytes word = container_word(holder);

	if (word.data) {
		put_word(draft, command, container->runtime);
		put(draft, command, " stop ");
		put_word(draft, command, word);
	} else if (is_known_by_port(holder)) {
		/* Its name can't be told: docker knows it by the port, and podman doesn't. */
		put_format(draft, command, "docker stop $(docker ps -q --filter publish=%u)",
			holder->port);
	} else {
		put_word(draft, command, container->runtime);
		put(draft, command, " stop NAME");
	}
}

static void judge_forwarder(struct draft *draft, const struct remedy_case *holder)
{
	stop_container(draft, holder);
	judge(draft, VERDICT_STOP,
		"it only forwards to the container, which would stay, and be out of reach");
	put_container_hint(draft, holder);
}

static void judge_pod(struct draft *draft, const struct remedy_case *holder)
{
	judge(draft, VERDICT_STOP, "stop what its pod");
	if (holder->pod.data) {
		put(draft, &draft->text->why, " ");
		put_bytes(draft, &draft->text->why, holder->pod);
	}
	put(draft, &draft->text->why,
		" belongs to (kubectl scale, kubectl delete): kubelet starts it again otherwise");
}

static bool will_not_restart(struct bytes policy)
{
	return policy.data && (policy.length == 0 || bytes_is(policy, "no"));
}

/* Of a container with processes that its runtime started, and may start again. */
static void judge_container(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	if (!has_stop_command(holder->container)) {
		judge_pod(draft, holder);
		return;
	}
	if (will_not_restart(holder->restart_policy) && !is_manager(holder)) {
		put_kill(draft, holder->ancestors[holder->restarter.top]);
		judge(draft, VERDICT_KILL,
			"nothing will restart it: its container's restart policy is \"no\"");
		return;
	}
	stop_container(draft, holder);
	judge(draft, VERDICT_STOP, "it runs in a container, which ");
	put_bytes(draft, why, holder->container->runtime);
	if (holder->restart_policy.data) {
		put(draft, why, " restarts otherwise (restart policy ");
		put_bytes(draft, why, holder->restart_policy);
		put(draft, why, ")");
	} else {
		put(draft, why, " may restart otherwise");
	}
	put_container_hint(draft, holder);
}

/* How the commands of a machine that a container is are given from outside. */
static void put_way_in(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;
	struct bytes name = holder->is_unverified ? bytes_of("NAME") : container->name;
	struct buffer *command = &draft->text->command;
	char user[NUMBER_TEXT_MAX + sizeof("@")] = "";

	/* systemd's user-system-options(7): alone, --user is the manager of who runs it. */
	if (holder->unit->manager == MANAGER_USER && holder->manager_user >= 0)
		snprintf(user, sizeof(user), "%" PRId64 "@", holder->manager_user);
	if (bytes_is(container->runtime, "lxc") && container->name.data) {
		put(draft, command, "lxc-attach --name ");
		put_word(draft, command, name);
		put(draft, command, " -- ");
	}
	put(draft, command, "systemctl ");
	if (holder->unit->manager == MANAGER_USER)
		put(draft, command, "--user ");
	if (bytes_is(container->runtime, "systemd-nspawn") && container->name.data) {
		put(draft, command, "--machine ");
		put(draft, command, user);
		put_word(draft, command, name);
		put(draft, command, " ");
	} else if (user[0]) {
		put(draft, command, "--machine ");
		put(draft, command, user);
		put(draft, command, ".host ");
	}
}

/* ---- units ---- */

static bool is_service(const struct unit *unit)
{
	const struct bytes suffix = bytes_of(".service");

	return unit->name.data && unit->name.length > suffix.length &&
		bytes_equal(bytes_skip(unit->name, unit->name.length - suffix.length), suffix);
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
static void put_triggers(struct draft *draft, struct buffer *buffer,
	const struct remedy_case *holder,
	void (*put_unit)(struct draft *, struct buffer *, struct bytes))
{
	struct bytes rest = holder->triggers;
	struct bytes unit;

	while (next_trigger(&rest, &unit)) {
		put_unit(draft, buffer, unit);
		put(draft, buffer, " ");
	}
}

static void put_stop_unit(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *command = &draft->text->command;

	put_way_in(draft, holder);
	put(draft, command, "stop ");
	/* Else its socket or its timer starts it again. */
	put_triggers(draft, command, holder, put_word);
	put_word(draft, command, holder->unit->name);
}

/* Of the end of a process with which the unit ends. */
static void judge_unit(struct draft *draft, const struct remedy_case *holder)
{
	const struct unit *unit = holder->unit;
	struct buffer *why = &draft->text->why;

	if (bytes_is(unit->restart, "no") && !has_trigger(holder)) {
		put_kill(draft, holder->ancestors[holder->restarter.top]);
		judge(draft, VERDICT_KILL, "nothing will restart it: ");
		put_bytes(draft, why, unit->name);
		put(draft, why, " has Restart=no");
		return;
	}
	put_stop_unit(draft, holder);
	draft->text->verdict = VERDICT_STOP;
	if (bytes_is(unit->restart, "no")) {
		put_triggers(draft, why, holder, put_bytes);
		put(draft, why, "starts it again otherwise");
		return;
	}
	put(draft, why, unit->manager == MANAGER_USER ? "the user's systemd " : "systemd ");
	if (unit->restart.data) {
		put(draft, why, "restarts it otherwise (Restart=");
		put_bytes(draft, why, unit->restart);
		put(draft, why, ")");
	} else {
		put(draft, why, "may restart it otherwise");
	}
}

/* systemd started the process below it: as a unit's main process, or what was left of another. */
static void judge_managed(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *started = holder->ancestors[holder->restarter.decisive - 1];

	if (is_service(holder->unit) &&
		(holder->main_pid <= 0 || holder->main_pid == started->pid)) {
		judge_unit(draft, holder);
		return;
	}
	put_kill(draft, holder->ancestors[holder->restarter.top]);
	judge(draft, VERDICT_KILL, "nothing will restart it");
}

/* ---- others ---- */

static void judge_supervisor(struct draft *draft, const struct remedy_case *holder)
{
	const struct process_facts *process = holder->ancestors[holder->restarter.decisive];
	const struct supervisor *supervisor = holder->restarter.starter.supervisor;
	struct buffer *command = &draft->text->command;
	struct buffer *why = &draft->text->why;
	bool has_name = supervisor_takes(supervisor, holder->service);

	draft->text->verdict = VERDICT_STOP;
	if (supervisor->service == SERVICE_NONE) {
		put_kill(draft, process);
	} else {
		put(draft, command, supervisor->stop);
		put(draft, command, " ");
		if (has_name)
			put_word(draft, command, holder->service);
		else
			put(draft, command, "NAME");
	}
	put_process(draft, why, process);
	put(draft, why, " restarts it otherwise");
	if (supervisor->service != SERVICE_NONE && !has_name && supervisor->list)
		put_format(draft, why, " (%s shows the NAME)", supervisor->list);
}

static void judge_person(struct draft *draft, const struct remedy_case *holder)
{
	put_kill(draft, holder->ancestors[holder->restarter.top]);
	judge(draft, VERDICT_KILL, "nothing will restart it");
}

/* Those that start services and other things alike, and how the one is told from the other. */
static const char *hint_of(struct bytes command)
{
	static const char *const hints[][2] = {
		{"launchd",
			"launchctl list shows a job by its pid, and launchctl bootout stops it"},
		{"services.exe", "tasklist /svc shows a service by its pid, and sc stop stops it"},
	};

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (bytes_is(command, hints[i][0]))
			return hints[i][1];
	return NULL;
}

static void judge_other(struct draft *draft, const struct remedy_case *holder)
{
	const struct restarter *restarter = &holder->restarter;
	struct buffer *why = &draft->text->why;
	const char *hint = NULL;

	draft->text->verdict = VERDICT_UNKNOWN;
	put_kill(draft, holder->ancestors[restarter->top]);
	if (restarter->decisive < holder->count) {
		put_process(draft, why, holder->ancestors[restarter->decisive]);
		hint = hint_of(buffer_bytes(&holder->ancestors[restarter->decisive]->command));
	} else {
		put(draft, why, "what started it can't be seen, and");
	}
	put(draft, why, " may start it again");
	if (hint)
		put_format(draft, why, " (%s)", hint);
}

static void judge_init(struct draft *draft, const struct remedy_case *holder)
{
	bool is_launchd = bytes_is(buffer_bytes(&holder->ancestors[0]->command), "launchd");

	judge(draft, VERDICT_STOP,
		"it is init, which may hold the socket for a service: stop that instead (");
	put(draft, &draft->text->why,
		is_launchd ? "sudo launchctl bootout system/NAME)" : "systemctl stop NAME.socket)");
}

/* Ending it, or stopping its unit, would end everything it runs. */
static void judge_manager(struct draft *draft, const struct remedy_case *holder)
{
	struct buffer *why = &draft->text->why;

	draft->text->verdict = VERDICT_STOP;
	put_process(draft, why, holder->ancestors[0]);
	put(draft, why,
		" runs other programs too, which would end with it: stop the one that "
		"uses this port instead");
}

static bool is_machine(const struct container *container)
{
	return bytes_is(container->runtime, "lxc") ||
		bytes_is(container->runtime, "systemd-nspawn");
}

static void judge_holder(struct draft *draft, const struct remedy_case *holder)
{
	const struct container *container = holder->container;

	if (holder->is_forwarder)
		judge_forwarder(draft, holder);
	else if (holder->is_run_by_unit && is_service(holder->unit) && !is_machine(container))
		judge_unit(draft, holder);
	else if (container->runtime.data && !is_machine(container) &&
		holder->restarter.starter.kind != ROLE_INTERACTIVE)
		judge_container(draft, holder);
	else if (holder->ancestors[0]->pid == 1)
		judge_init(draft, holder);
	else if (is_manager(holder))
		judge_manager(draft, holder);
	else if (holder->restarter.starter.kind == ROLE_MANAGER)
		judge_managed(draft, holder);
	else if (holder->restarter.starter.kind == ROLE_SUPERVISOR)
		judge_supervisor(draft, holder);
	else if (holder->restarter.starter.kind == ROLE_INTERACTIVE)
		judge_person(draft, holder);
	else
		judge_other(draft, holder);
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
