#include "subject.h"

#include <errno.h>

#include "base/array.h"

/* No real chain is as long; it only has to end. */
enum { GENERATIONS_MAX = 64 };

static struct bytes known(const struct buffer *text)
{
	return text->length ? buffer_bytes(text) : (struct bytes){0};
}

static int add_facts(struct subject *subject, const struct process_facts *facts)
{
	const struct process_facts **chain = array_reserve(subject->chain, subject->count,
		&subject->capacity, sizeof(const struct process_facts *));

	if (!chain)
		return -ENOMEM;
	subject->chain = chain;
	chain[subject->count++] = facts;
	return 0;
}

static int read_chain(struct subject *subject, struct ancestry *ancestry)
{
	struct forebear *forebear = NULL;
	int error;

	if (subject->pid == 0 ||
		process_facts_read(ancestry->source, subject->pid, &subject->facts))
		return 0;
	error = add_facts(subject, &subject->facts);
	if (!error)
		error = ancestry_find_parent(ancestry, &subject->facts, &forebear);
	while (!error && forebear && subject->count < GENERATIONS_MAX) {
		error = add_facts(subject, &forebear->facts);
		if (!error)
			error = ancestry_next(ancestry, forebear, &forebear);
	}
	return error;
}

static void drop_chain(struct subject *subject)
{
	process_facts_release(&subject->facts);
	subject->count = 0;
}

/* Whether the pid still is the listed process's. A capture is trusted to be of one moment. */
static bool is_listed(const struct subject *subject, struct process_source *source)
{
	int64_t now;
	int error;

	if (!source->is_live || subject->start == LISTENER_NONE)
		return true;
	error = os_process_start(subject->pid, &now);
	process_failure_note(&source->failure, subject->pid, error);
	return !error && now == subject->start;
}

static bool is_same_container(const struct cgroup_place *a, const struct cgroup_place *b)
{
	return a->runtime.data && bytes_equal(a->runtime, b->runtime) &&
		bytes_equal(a->container_id, b->container_id) &&
		bytes_equal(a->container_name, b->container_name);
}

static int read_place(struct subject *subject, const struct cgroup_place *own)
{
	const struct process_facts *holder = &subject->facts;
	struct cgroup_place *place = &subject->place;

	if (proc_parse_cgroup(buffer_bytes(&holder->cgroup), place))
		return 0;
	if (is_same_container(place, own))
		*place = (struct cgroup_place){.unit = place->unit, .manager = place->manager};
	if (!place->container_name.data)
		return 0;
	return cgroup_place_append_name(&subject->container_name, place);
}

/* A machine with a systemd of its own, which alone knows what runs in there. */
static bool is_machine(struct bytes runtime)
{
	return bytes_is(runtime, "lxc") || bytes_is(runtime, "systemd-nspawn");
}

static void set_unit(struct subject *subject, bool is_live)
{
	const struct cgroup_place *place = &subject->place;
	int64_t user = place->manager_uid;

	/* A unit that runs a container starts it again, whatever runs in there. */
	subject->is_kept = place->keeper.data && !is_machine(place->runtime);
	subject->unit = (struct unit){
		.name = subject->is_kept ? place->keeper : place->unit,
		.manager = subject->is_kept ? place->keeper_manager : place->manager,
	};
	subject->main_pid = LISTENER_NONE;
	/* Who will look at a capture is nobody's business. */
	subject->manager_user = is_live && subject->unit.manager == MANAGER_USER &&
			user != os_own_user()
		? user
		: -1;
}

static void set_container(struct subject *subject)
{
	const struct process_facts *holder = &subject->facts;
	const struct bytes arguments = buffer_bytes(&holder->arguments);

	subject->container = (struct container){.port = LISTENER_NONE};
	if (docker_proxy_is(buffer_bytes(&holder->command), arguments, &subject->forwarder)) {
		subject->container.runtime = bytes_of(subject->forwarder);
		if (docker_proxy_parse(arguments, &subject->proxy) == 0) {
			subject->container.address = subject->proxy.container_address;
			subject->container.port = subject->proxy.container_port;
		}
		return;
	}
	subject->container.runtime = subject->place.runtime;
	subject->container.id = subject->place.container_id;
	subject->container.name = known(&subject->container_name);
	subject->is_claimed = subject->place.is_claimed;
}

/* What the supervisor was started with, or has given to what it started, names the service. */
static int read_service(struct subject *subject, struct process_source *source)
{
	const struct supervisor *supervisor = subject->lineage.starter.supervisor;
	const struct process_facts *process;
	struct buffer *service = &subject->service;
	struct bytes rest;
	struct bytes argument = {0};
	int error = 0;

	if (!supervisor)
		return 0;
	process = subject->chain[subject->lineage.decisive];
	rest = buffer_bytes(&process->arguments);
	switch (supervisor->service) {
	case SERVICE_NONE:
		break;
	case SERVICE_DIRECTORY:
		if (process->directory.length)
			return buffer_append(
				service, process->directory.data, process->directory.length);
		__attribute__((fallthrough));
	case SERVICE_ARGUMENT:
		bytes_cut(&rest, '\0'); /* its own name */
		if (process_next_argument(&rest, &argument))
			return buffer_append(service, argument.data, argument.length);
		break;
	case SERVICE_VARIABLES:
		if (supervisor->group_variable)
			error = process_variable_read(
				source, subject->pid, supervisor->group_variable, service);
		if (!error && service->length)
			error = buffer_append_byte(service, ':');
		if (!error)
			error = process_variable_read(
				source, subject->pid, supervisor->name_variable, service);
		if (error && error != -ENOMEM)
			service->length = 0;
		break;
	}
	return error == -ENOMEM ? error : 0;
}

/* What can't be used need not be kept for each process, and may be large. */
static int read_fit_service(struct subject *subject, struct process_source *source)
{
	const struct supervisor *supervisor = subject->lineage.starter.supervisor;
	int error = read_service(subject, source);

	if (supervisor && !supervisor_takes(supervisor, buffer_bytes(&subject->service)))
		buffer_release(&subject->service);
	return error;
}

static int read_whole(
	struct subject *subject, struct ancestry *ancestry, const struct cgroup_place *own)
{
	struct process_source *source = ancestry->source;
	int error = read_chain(subject, ancestry);

	/* Asked last: what was read before is the listed process's if it is still there. */
	if (!error && subject->count && !is_listed(subject, source))
		drop_chain(subject);
	if (error || subject->count == 0)
		return error;
	subject->lineage = lineage_of(subject->chain, subject->count);
	error = read_place(subject, own);
	if (error)
		return error;
	set_unit(subject, source->is_live);
	set_container(subject);
	return read_fit_service(subject, source);
}

int subject_read(struct subject *subject, struct ancestry *ancestry, const struct cgroup_place *own)
{
	int error = read_whole(subject, ancestry, own);

	/* Half of it would tell something else. */
	if (error)
		drop_chain(subject);
	return error;
}

bool subject_shares_container(
	const struct subject *subject, struct process_source *source, int64_t pid)
{
	struct buffer cgroup = {0};
	struct cgroup_place place;
	bool is_shared = process_cgroup_read(source, pid, &cgroup) == 0 &&
		proc_parse_cgroup(buffer_bytes(&cgroup), &place) == 0 &&
		bytes_equal(place.container_path, subject->place.container_path);

	buffer_release(&cgroup);
	return is_shared;
}

/* ---- the details ---- */

static int list_arguments(struct details *details, struct bytes arguments)
{
	struct bytes rest = arguments;
	struct bytes argument;
	enum { LISTED_ARGUMENTS_MAX = 2048 };
	size_t count = 0;

	/* As many empty ones would be too long for a line already. */
	while (count < LISTED_ARGUMENTS_MAX && process_next_argument(&rest, &argument))
		count++;
	/* What has none is a thread of the kernel, or has ended. */
	if (count == 0)
		return 0;
	details->arguments = calloc(count, sizeof(*details->arguments));
	if (!details->arguments)
		return -ENOMEM;
	rest = arguments;
	while (details->argument_count < count && process_next_argument(&rest, &argument))
		details->arguments[details->argument_count++] = argument;
	return 0;
}

static int list_ancestors(struct details *details, const struct subject *subject)
{
	details->ancestors = calloc(subject->count, sizeof(*details->ancestors));
	if (!details->ancestors)
		return -ENOMEM;
	for (size_t i = 1; i < subject->count; i++)
		details->ancestors[details->ancestor_count++] = (struct ancestor){
			.pid = subject->chain[i]->pid,
			.command = buffer_bytes(&subject->chain[i]->command),
		};
	return 0;
}

static int find_remedy(struct subject *subject)
{
	const struct remedy_case holder = {
		.chain = subject->chain,
		.count = subject->count,
		.lineage = subject->lineage,
		.unit = &subject->unit,
		.manager_user = subject->manager_user,
		.main_pid = subject->main_pid,
		.triggers = subject->triggers,
		.container = &subject->container,
		.is_forwarder = subject->forwarder != NULL,
		.is_kept = subject->is_kept,
		.is_claimed = subject->is_claimed,
		.restart_policy = subject->restart_policy,
		.pod = subject->place.pod,
		.service = known(&subject->service),
		.port = subject->port,
	};
	int error = remedy_find(&holder, &subject->remedy);

	subject->details.remedy = (struct remedy){
		.verdict = subject->remedy.verdict,
		.command = known(&subject->remedy.command),
		.why = buffer_bytes(&subject->remedy.why),
	};
	return error;
}

int subject_conclude(struct subject *subject)
{
	const struct process_facts *holder = &subject->facts;
	struct details *details = &subject->details;
	int error;

	*details = details_none;
	if (subject->count == 0)
		return 0;
	details->executable = known(&holder->executable);
	details->directory = known(&holder->directory);
	if (holder->started >= 0 && os_format_utc(holder->started, subject->started) == 0)
		details->started = bytes_of(subject->started);
	details->uptime = holder->uptime;
	details->parent = holder->parent;
	details->unit = subject->unit;
	details->container = subject->container;
	error = list_arguments(details, buffer_bytes(&holder->arguments));
	if (!error)
		error = list_ancestors(details, subject);
	if (!error)
		error = find_remedy(subject);
	if (error) {
		details_release(details);
		*details = details_none;
	}
	return error;
}

void subject_release(struct subject *subject)
{
	drop_chain(subject);
	free(subject->chain);
	buffer_release(&subject->container_name);
	buffer_release(&subject->service);
	remedy_text_release(&subject->remedy);
	details_release(&subject->details);
}
