#include "holder.h"

#include <errno.h>

#include "base/array.h"
#include "holder_service.h"
#include "manager.h"
#include "process_identity.h"
#include "unit_source.h"

/* More than any real process has: a bound for the loop. */
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

/* A capture is assumed to be of one moment. */
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

	/* A unit that runs a container restarts it, whatever runs inside. */
	holder->is_run_by_unit = cgroup->container_unit.data &&
		!container_is_machine(cgroup->runtime);
	holder->unit = (struct unit){
		.name = holder->is_run_by_unit ? cgroup->container_unit : cgroup->unit,
		.manager = holder->is_run_by_unit ? cgroup->container_unit_manager
						  : cgroup->manager,
	};
	/* A replay has no current user. */
	holder->manager_user = is_live && holder->unit.manager == MANAGER_USER &&
			user != os_own_user()
		? user
		: -1;
	holder->lacks_directory = is_live && holder->unit.manager == MANAGER_USER &&
		holder->manager_user < 0 &&
		unit_source_lacks_directory(holder->directory, sizeof(holder->directory));
}

/*
 * Whose containers they are, since each user of a rootless engine has a set. A process that calls
 * itself a forwarder counts as its own user's, so it isn't looked up in the caller's list.
 */
static void set_container_user(struct holder *holder, bool is_live)
{
	int64_t user = holder->forwarder ? holder->facts.uid : -1;

	if (!holder->forwarder && holder->cgroup.is_unverified)
		user = (int64_t)holder->cgroup.manager_uid;
	/* A replay has no current user, and root's docker-proxy serves everybody. */
	if (!is_live || user < 0 || user == os_own_user() ||
		(user == 0 && bytes_is(holder->container.runtime, "docker")))
		user = -1;
	holder->container_user = user;
}

/*
 * Incus and LXD are LXC with commands of their own. Each container has a process called
 * "[lxc monitor] /var/lib/incus/containers NAME".
 */
static struct bytes lxc_runtime(const struct holder *holder)
{
	static const struct {
		const char *title;
		const char *runtime;
	} monitors[] = {
		{"[lxc monitor] /var/lib/incus/", "incus"},
		{"[lxc monitor] /var/lib/lxd/", "lxd"},
		{"[lxc monitor] /var/snap/lxd/", "lxd"},
	};

	for (size_t i = 0; i < holder->count; i++)
		for (size_t j = 0; j < sizeof(monitors) / sizeof(monitors[0]); j++)
			if (bytes_begin_with(buffer_bytes(&holder->ancestors[i]->arguments),
				    bytes_of(monitors[j].title)))
				return bytes_of(monitors[j].runtime);
	return bytes_of("lxc");
}

static void set_container(struct holder *holder, bool is_live)
{
	const struct process_facts *facts = &holder->facts;
	const struct bytes command = buffer_bytes(&facts->command);
	const struct bytes arguments = buffer_bytes(&facts->arguments);

	holder->container = (struct container){.port = LISTENER_NONE};
	if (forwarder_is(command, arguments, &holder->forwarder)) {
		holder->publisher = holder->forwarder;
		holder->container.runtime = bytes_of(holder->forwarder);
		if (forwarder_parse(arguments, &holder->target) == 0) {
			holder->container.address = holder->target.container_address;
			holder->container.port = holder->target.container_port;
		}
		set_container_user(holder, is_live);
		return;
	}
	holder->publisher = manager_runtime(command, arguments);
	holder->container.runtime = bytes_is(holder->cgroup.runtime, "lxc")
		? lxc_runtime(holder)
		: holder->cgroup.runtime;
	holder->container.id = holder->cgroup.container_id;
	holder->container.name = buffer_bytes_if_any(&holder->container_name);
	holder->is_unverified = holder->cgroup.is_unverified;
	set_container_user(holder, is_live);
}

void holder_begin_hidden(struct holder *holder)
{
	holder->container = (struct container){.port = LISTENER_NONE};
	holder->publisher = "docker";
	holder->container_user = -1;
	holder->manager_user = -1;
}

static int read_whole(
	struct holder *holder, struct ancestor_cache *cache, const struct cgroup_facts *own)
{
	struct process_source *source = cache->source;
	int error = read_ancestors(holder, cache);

	/* Checked last: if it is still the listed process, so it was when the facts were read. */
	if (!error && holder->count && !is_same_process(holder, source))
		drop_ancestors(holder);
	if (error || holder->count == 0)
		return error;
	holder->restarter = restarter_find(holder->ancestors, holder->count);
	error = read_cgroup(holder, own);
	if (error)
		return error;
	set_unit(holder, source->is_live);
	set_container(holder, source->is_live);
	return holder_read_service(holder, source);
}

int holder_read(struct holder *holder, struct ancestor_cache *cache, const struct cgroup_facts *own)
{
	int error = read_whole(holder, cache, own);

	/* Incomplete facts would be misleading. */
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

	/* Even 2048 empty ones are too long for a line. */
	while (count < LISTED_ARGUMENTS_MAX && process_next_argument(&rest, &argument))
		count++;
	/* Kernel threads and zombies have none. */
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
	for (size_t i = 1; i < holder->count; i++) {
		const struct process_facts *facts = holder->ancestors[i];
		const struct program program = process_program(facts);

		details->ancestors[details->ancestor_count++] = (struct ancestor){
			.pid = facts->pid,
			.command = program_label(&program),
		};
	}
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
		.directory = holder->lacks_directory ? holder->directory : NULL,
		.listed = holder->listed,
		.socket_unit = holder->socket_unit,
		.is_alone = holder->is_alone,
		.top_holds = holder->top_holds,
		.container = &holder->container,
		.is_forwarder = holder->forwarder != NULL,
		.is_run_by_unit = holder->is_run_by_unit,
		.is_unverified = holder->is_unverified,
		.listed_container = holder->listed_container,
		.container_user = holder->container_user,
		.is_user_podman = os_own_user() != 0,
		.publisher = holder->is_answered ? NULL : holder->publisher,
		.is_left_behind = holder->forwarder && holder->is_answered &&
			!holder->listed_container,
		.is_published = holder->is_answered && holder->listed_container,
		.is_hidden = holder->pid == LISTENER_NONE,
		.pod = holder->cgroup.pod,
		.service = buffer_bytes_if_any(&holder->service),
		.is_doubtful = holder->is_doubtful,
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
	if (holder->pid == LISTENER_NONE && holder->listed_container) {
		details->container = holder->container;
		return find_remedy(holder);
	}
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
