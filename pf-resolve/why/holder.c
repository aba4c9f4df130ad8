#include "holder.h"

#include <errno.h>

#include "base/array.h"
#include "process_identity.h"

/* No real ancestors is as long; it only has to end. */
enum { GENERATIONS_MAX = 64 };

static int add_facts(struct holder *holder, const struct process_facts *facts)
{
	const struct process_facts **ancestors = array_reserve(holder->ancestors, holder->count,
		&holder->capacity, sizeof(const struct process_facts *));

	if (!ancestors)
		return -ENOMEM;
	holder->ancestors = ancestors;
	ancestors[holder->count++] = facts;
	return 0;
}

static int read_ancestors(struct holder *holder, struct ancestor_cache *cache)
{
	struct cached_ancestor *ancestor = NULL;
	int error;

	if (holder->pid == 0 || process_facts_read(cache->source, holder->pid, &holder->facts))
		return 0;
	error = add_facts(holder, &holder->facts);
	if (!error)
		error = ancestor_cache_find_parent(cache, &holder->facts, &ancestor);
	while (!error && ancestor && holder->count < GENERATIONS_MAX) {
		error = add_facts(holder, &ancestor->facts);
		if (!error)
			error = ancestor_cache_next(cache, ancestor, &ancestor);
	}
	return error;
}

static void drop_ancestors(struct holder *holder)
{
	process_facts_release(&holder->facts);
	holder->count = 0;
}

/* A capture is trusted to be of one moment. */
static bool is_same_process(const struct holder *holder, struct process_source *source)
{
	int error = source->is_live
		? process_identity_check(holder->pid, holder->identity, os_process_identity)
		: 0;

	if (error != -EEXIST)
		process_failure_note(&source->failure, holder->pid, error);
	return !error;
}

static bool is_same_container(const struct cgroup_facts *a, const struct cgroup_facts *b)
{
	return a->runtime.data && bytes_equal(a->runtime, b->runtime) &&
		bytes_equal(a->container_id, b->container_id) &&
		bytes_equal(a->container_name, b->container_name);
}

static int read_cgroup(struct holder *holder, const struct cgroup_facts *own)
{
	const struct process_facts *facts = &holder->facts;
	struct cgroup_facts *cgroup = &holder->cgroup;

	if (proc_parse_cgroup(buffer_bytes(&facts->cgroup), cgroup))
		return 0;
	if (is_same_container(cgroup, own))
		*cgroup = (struct cgroup_facts){.unit = cgroup->unit, .manager = cgroup->manager};
	if (!cgroup->container_name.data)
		return 0;
	return cgroup_append_container_name(&holder->container_name, cgroup);
}

static void set_unit(struct holder *holder, bool is_live)
{
	const struct cgroup_facts *cgroup = &holder->cgroup;
	int64_t user = cgroup->manager_uid;

	/* A unit that runs a container starts it again, whatever runs in there. */
	holder->is_run_by_unit = cgroup->container_unit.data &&
		!container_is_machine(cgroup->runtime);
	holder->unit = (struct unit){
		.name = holder->is_run_by_unit ? cgroup->container_unit : cgroup->unit,
		.manager = holder->is_run_by_unit ? cgroup->container_unit_manager
						  : cgroup->manager,
	};
	holder->main_pid = LISTENER_NONE;
	/* Who will look at a capture is nobody's business. */
	holder->manager_user = is_live && holder->unit.manager == MANAGER_USER &&
			user != os_own_user()
		? user
		: -1;
}

static void set_container(struct holder *holder)
{
	const struct process_facts *facts = &holder->facts;
	const struct bytes arguments = buffer_bytes(&facts->arguments);

	holder->container = (struct container){.port = LISTENER_NONE};
	if (forwarder_is(buffer_bytes(&facts->command), arguments, &holder->forwarder)) {
		holder->container.runtime = bytes_of(holder->forwarder);
		if (forwarder_parse(arguments, &holder->target) == 0) {
			holder->container.address = holder->target.container_address;
			holder->container.port = holder->target.container_port;
		}
		return;
	}
	holder->container.runtime = holder->cgroup.runtime;
	holder->container.id = holder->cgroup.container_id;
	holder->container.name = buffer_bytes_if_any(&holder->container_name);
	holder->is_unverified = holder->cgroup.is_unverified;
}

/* What the supervisor was started with, or has given to what it started, names the service. */
static int read_service(struct holder *holder, struct process_source *source)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	const struct process_facts *process;
	struct buffer *service = &holder->service;
	struct bytes rest;
	struct bytes argument = {0};
	int error = 0;

	if (!supervisor)
		return 0;
	process = holder->ancestors[holder->restarter.decisive];
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
				source, holder->pid, supervisor->group_variable, service);
		if (!error && service->length)
			error = buffer_append_byte(service, ':');
		if (!error)
			error = process_variable_read(
				source, holder->pid, supervisor->name_variable, service);
		if (error && error != -ENOMEM)
			service->length = 0;
		break;
	}
	return error == -ENOMEM ? error : 0;
}

/* What can't be used need not be kept for each process, and may be large. */
static int read_fit_service(struct holder *holder, struct process_source *source)
{
	const struct supervisor *supervisor = holder->restarter.role.supervisor;
	int error = read_service(holder, source);

	if (supervisor && !supervisor_takes(supervisor, buffer_bytes(&holder->service)))
		buffer_release(&holder->service);
	return error;
}

static int read_whole(
	struct holder *holder, struct ancestor_cache *cache, const struct cgroup_facts *own)
{
	struct process_source *source = cache->source;
	int error = read_ancestors(holder, cache);

	/* Asked last: what was read before is the listed process's if it is still there. */
	if (!error && holder->count && !is_same_process(holder, source))
		drop_ancestors(holder);
	if (error || holder->count == 0)
		return error;
	holder->restarter = restarter_find(holder->ancestors, holder->count);
	error = read_cgroup(holder, own);
	if (error)
		return error;
	set_unit(holder, source->is_live);
	set_container(holder);
	return read_fit_service(holder, source);
}

int holder_read(struct holder *holder, struct ancestor_cache *cache, const struct cgroup_facts *own)
{
	int error = read_whole(holder, cache, own);

	/* Half of it would tell something else. */
	if (error)
		drop_ancestors(holder);
	return error;
}

bool holder_shares_container(
	const struct holder *holder, struct process_source *source, int64_t pid)
{
	struct buffer cgroup = {0};
	struct cgroup_facts facts;
	bool is_shared = process_cgroup_read(source, pid, &cgroup) == 0 &&
		proc_parse_cgroup(buffer_bytes(&cgroup), &facts) == 0 &&
		bytes_equal(facts.container_path, holder->cgroup.container_path);

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

static int list_ancestors(struct details *details, const struct holder *holder)
{
	details->ancestors = calloc(holder->count, sizeof(*details->ancestors));
	if (!details->ancestors)
		return -ENOMEM;
	for (size_t i = 1; i < holder->count; i++)
		details->ancestors[details->ancestor_count++] = (struct ancestor){
			.pid = holder->ancestors[i]->pid,
			.command = buffer_bytes(&holder->ancestors[i]->command),
		};
	return 0;
}

static int find_remedy(struct holder *holder)
{
	const struct remedy_case remedy_case = {
		.ancestors = holder->ancestors,
		.count = holder->count,
		.restarter = holder->restarter,
		.unit = &holder->unit,
		.manager_user = holder->manager_user,
		.main_pid = holder->main_pid,
		.triggers = holder->triggers,
		.container = &holder->container,
		.is_forwarder = holder->forwarder != NULL,
		.is_run_by_unit = holder->is_run_by_unit,
		.is_unverified = holder->is_unverified,
		.restart_policy = holder->restart_policy,
		.pod = holder->cgroup.pod,
		.service = buffer_bytes_if_any(&holder->service),
		.port = holder->port,
	};
	int error = remedy_find(&remedy_case, &holder->remedy);

	holder->details.remedy = (struct remedy){
		.verdict = holder->remedy.verdict,
		.command = buffer_bytes_if_any(&holder->remedy.command),
		.why = buffer_bytes(&holder->remedy.why),
	};
	return error;
}

int holder_explain(struct holder *holder)
{
	const struct process_facts *facts = &holder->facts;
	struct details *details = &holder->details;
	int error;

	*details = details_none;
	if (holder->count == 0)
		return 0;
	details->executable = buffer_bytes_if_any(&facts->executable);
	details->directory = buffer_bytes_if_any(&facts->directory);
	if (facts->start_time >= 0 && os_format_utc(facts->start_time, holder->start_time) == 0)
		details->started = bytes_of(holder->start_time);
	details->uptime = facts->uptime;
	details->parent = facts->parent;
	details->unit = holder->unit;
	details->container = holder->container;
	error = list_arguments(details, buffer_bytes(&facts->arguments));
	if (!error)
		error = list_ancestors(details, holder);
	if (!error)
		error = find_remedy(holder);
	if (error) {
		details_release(details);
		*details = details_none;
	}
	return error;
}

void holder_release(struct holder *holder)
{
	drop_ancestors(holder);
	free(holder->ancestors);
	buffer_release(&holder->container_name);
	buffer_release(&holder->service);
	remedy_text_release(&holder->remedy);
	details_release(&holder->details);
}
