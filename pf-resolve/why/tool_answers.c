#include "tool_answers.h"

#include <errno.h>

#include "base/array.h"
#include "base/number.h"
#include "container_source.h"
#include "query_tool.h"
#include "unit_members.h"
#include "unit_source.h"

/* Failures of tools are already reported, and leave details out; only -ENOMEM is passed on. */
static int only_memory(int error)
{
	return error == -ENOMEM ? error : 0;
}

/* ---- the containers that publish a port ---- */

static void take_published(
	const struct container_list *list, struct holder *holder, const char *runtime)
{
	uint16_t port;
	const struct listed_container *container = container_list_find_published(
		list, holder->proto, &holder->address, holder->port, &port);

	holder->is_answered = true;
	if (!container)
		return;
	holder->listed_container = container;
	holder->container.runtime = bytes_of(runtime);
	holder->container.id = buffer_bytes_if_any(&container->id);
	holder->container.name = buffer_bytes_if_any(&container->name);
	if (holder->container.port == LISTENER_NONE)
		holder->container.port = port;
}

/* Another user's containers are known to that user's engine only. */
static bool is_published_by(const struct holder *holder, const char *runtime)
{
	return holder->publisher && holder->container_user < 0 &&
		strcmp(holder->publisher, runtime) == 0 &&
		(holder->pid != LISTENER_NONE || container_source_has_docker());
}

/* `wanted`: the runtime that may publish the port; for docker, podman may answer. */
static int ask_published(struct container_list *list, struct holder *const holders[], size_t count,
	const char *wanted)
{
	bool is_docker = strcmp(wanted, "docker") == 0;
	const char *runtime = wanted;
	bool is_needed = false;
	int error;

	for (size_t i = 0; i < count; i++)
		is_needed = is_needed || is_published_by(holders[i], wanted);
	if (!is_needed)
		return 0;
	error = container_source_list(is_docker ? NULL : wanted, list, &runtime);
	for (size_t i = 0; i < count && !error; i++)
		if (is_published_by(holders[i], wanted))
			take_published(list, holders[i], runtime);
	return only_memory(error);
}

/* ---- the containers that processes are in ---- */

static bool is_in_container_of(const struct holder *holder, const char *runtime)
{
	/* A container that publishes the port is not the holder's own. */
	return !holder->publisher && holder->container.id.data && holder->container_user < 0 &&
		bytes_is(holder->container.runtime, runtime);
}

/*
 * A user may name a cgroup like somebody else's container, to get that stopped. So the container's
 * first process must be in the same cgroup.
 */
static void take_inspected(
	const struct container_list *list, struct process_source *source, struct holder *holder)
{
	const struct listed_container *container = container_list_find(list, holder->container.id);

	if (!container)
		return;
	holder->is_unverified = !holder_shares_container(holder, source, container->pid);
	if (holder->is_unverified)
		return;
	holder->container.name = buffer_bytes_if_any(&container->name);
	holder->listed_container = container;
}

static int compare_ids(const void *a, const void *b)
{
	return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

/* Moves the distinct ids to the front, and returns their number. */
static size_t make_unique(struct bytes *ids, size_t count)
{
	size_t kept = 0;

	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (!kept || !bytes_equal(ids[kept - 1], ids[i]))
			ids[kept++] = ids[i];
	return kept;
}

static int ask_inspected(struct container_list *list, struct process_source *source,
	struct holder *const holders[], size_t count, const char *runtime)
{
	struct bytes *ids = calloc(count + 1, sizeof(*ids));
	size_t id_count = 0;
	int error = 0;

	if (!ids)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		if (is_in_container_of(holders[i], runtime))
			ids[id_count++] = holders[i]->container.id;
	if (id_count)
		error = container_source_inspect(runtime, ids, make_unique(ids, id_count), list);
	/* After a failure, some may have been printed. */
	for (size_t i = 0; i < count; i++)
		if (is_in_container_of(holders[i], runtime))
			take_inspected(list, source, holders[i]);
	free(ids);
	return only_memory(error);
}

/* ---- units ---- */

/* Whose manager to ask about the holder's unit: a uid, or UNIT_SOURCE_SYSTEM. */
static int64_t manager_of(const struct holder *holder)
{
	return holder->unit.manager == MANAGER_USER ? (int64_t)holder->cgroup.manager_uid
						    : UNIT_SOURCE_SYSTEM;
}

/* Units inside a container are unknown to the machine's systemd. */
static bool has_unit_to_ask(const struct holder *holder)
{
	const struct bytes suffix = bytes_of(".service");

	return holder->unit.name.data && bytes_end_with(holder->unit.name, suffix) &&
		!holder->forwarder && (holder->is_run_by_unit || !holder->container.runtime.data);
}

static void take_unit(
	const struct unit_list *list, struct process_source *source, struct holder *holder)
{
	const struct listed_unit *unit = unit_list_find(list, holder->unit.name);

	if (!unit)
		return;
	holder->unit.restart = unit->restart;
	holder->listed = unit;
	holder->is_alone = unit_runs_only(holder, source, unit->main_pid);
}

/* By manager, then by unit. */
static int compare_units(const void *a, const void *b)
{
	const struct holder *left = *(struct holder *const *)a;
	const struct holder *right = *(struct holder *const *)b;
	int order = number_compare(manager_of(left), manager_of(right));

	return order ? order : bytes_compare(left->unit.name, right->unit.name);
}

/* How many of the first holders share a manager; at least 1. */
static size_t count_of_manager(struct holder *const holders[], size_t count)
{
	size_t same = 1;

	while (same < count && manager_of(holders[same]) == manager_of(holders[0]))
		same++;
	return same;
}

/*
 * Asks for the units of the first holders, which share a manager and are sorted by unit, and stores
 * the answers. *ret_done: for how many holders, since one run is limited.
 */
static int ask_manager(struct tool_answers *tools, struct process_source *source,
	struct holder *const holders[], size_t count, size_t *ret_done)
{
	struct unit_list *units = array_reserve(
		tools->units, tools->unit_count, &tools->unit_capacity, sizeof(*units));
	struct bytes *names = calloc(UNIT_SOURCE_NAMES_MAX, sizeof(*names));
	struct unit_list list = {0};
	size_t name_count = 0;
	size_t done = 0;
	int error = -ENOMEM;

	if (units)
		tools->units = units;
	for (; units && names && done < count; done++) {
		struct bytes name = holders[done]->unit.name;

		if (name_count && bytes_equal(names[name_count - 1], name))
			continue;
		if (name_count == UNIT_SOURCE_NAMES_MAX)
			break;
		names[name_count++] = name;
	}
	if (units && names)
		error = unit_source_ask(manager_of(holders[0]), names, name_count, &list);
	if (!error)
		tools->units[tools->unit_count++] = list;
	for (size_t i = 0; i < done && !error; i++)
		take_unit(&list, source, holders[i]);
	free(names);
	*ret_done = done;
	return error;
}

/* A manager that failed, already reported, would fail again. */
static int ask_units(struct tool_answers *tools, struct process_source *source,
	struct holder *const holders[], size_t count)
{
	struct holder **sorted = calloc(count + 1, sizeof(struct holder *));
	size_t unit_count = 0;
	size_t first = 0;
	int error = 0;

	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		if (has_unit_to_ask(holders[i]))
			sorted[unit_count++] = holders[i];
	qsort(sorted, unit_count, sizeof(struct holder *), compare_units);
	while (first < unit_count && error != -ENOMEM) {
		size_t same = count_of_manager(sorted + first, unit_count - first);
		size_t done;

		error = ask_manager(tools, source, sorted + first, same, &done);
		first += error ? same : done;
	}
	free(sorted);
	return only_memory(error);
}

/* ---- socket units ---- */

/* Whether the holder is a systemd, which holds sockets for its units, and whose. */
static bool is_systemd(const struct holder *holder, int64_t *ret_user)
{
	struct program program;

	if (holder->count == 0)
		return false;
	program = process_program(&holder->facts);
	*ret_user = holder->pid == 1 ? UNIT_SOURCE_SYSTEM : holder->facts.uid;
	return role_of(&program, holder->pid == 1).kind == ROLE_MANAGER;
}

static int ask_sockets(
	struct buffer *text, int64_t user, struct holder *const holders[], size_t count)
{
	bool is_needed = false;
	int64_t manager;
	int error;

	for (size_t i = 0; i < count; i++)
		is_needed = is_needed || (is_systemd(holders[i], &manager) && manager == user);
	if (!is_needed)
		return 0;
	error = unit_source_ask_sockets(user, text);
	for (size_t i = 0; i < count && !error; i++)
		if (is_systemd(holders[i], &manager) && manager == user)
			(void)socket_units_find(buffer_bytes(text), holders[i]->proto,
				&holders[i]->address, holders[i]->port, &holders[i]->socket_unit);
	return only_memory(error);
}

static bool needs_tools(struct holder *const holders[], size_t count)
{
	int64_t user;

	for (size_t i = 0; i < count; i++)
		if (holders[i]->publisher || holders[i]->container.runtime.data ||
			has_unit_to_ask(holders[i]) || is_systemd(holders[i], &user))
			return true;
	return false;
}

int tool_answers_ask(struct tool_answers *tools, struct process_source *source,
	struct holder *const holders[], size_t count)
{
	static const char *const runtimes[TOOL_RUNTIMES] = {"docker", "podman"};
	int error = 0;

	/* Report an invalid PF_DETAILS_TIMEOUT once, not per tool. */
	if (!needs_tools(holders, count) || query_tool_begin())
		return 0;
	for (size_t i = 0; i < TOOL_RUNTIMES && !error; i++) {
		error = ask_published(&tools->published[i], holders, count, runtimes[i]);
		if (!error)
			error = ask_inspected(
				&tools->inspected[i], source, holders, count, runtimes[i]);
	}
	if (!error)
		error = ask_sockets(&tools->sockets[0], UNIT_SOURCE_SYSTEM, holders, count);
	if (!error)
		error = ask_sockets(&tools->sockets[1], os_own_user(), holders, count);
	return error ? error : ask_units(tools, source, holders, count);
}

void tool_answers_release(struct tool_answers *tools)
{
	for (size_t i = 0; i < TOOL_RUNTIMES; i++) {
		container_list_release(&tools->published[i]);
		container_list_release(&tools->inspected[i]);
	}
	for (size_t i = 0; i < TOOL_MANAGERS; i++)
		buffer_release(&tools->sockets[i]);
	for (size_t i = 0; i < tools->unit_count; i++)
		unit_list_release(&tools->units[i]);
	free(tools->units);
}
