#include "proc_cgroup.h"

#include <errno.h>

#include "base/number.h"
#include "cgroup_container.h"
#include "unit_name.h"

/* What the next part that looks like a unit name is. */
enum search {
	SEARCH_SYSTEM,
	SEARCH_USER,
	SEARCH_OVER,
};

/* A walk down a path. */
struct walk {
	struct cgroup_facts facts;
	enum search search;
	struct bytes pod; /* of a container further down */
	bool is_users; /* a user's manager is above */
};

static bool is_unit_name(struct bytes name)
{
	/* Units of the other types have no processes. */
	static const char *const types[] = {
		".service", ".scope", ".socket", ".mount", ".swap", NULL};

	return unit_name_is_valid(name, types);
}

static bool is_user_manager(struct bytes unit, uint64_t *ret_uid)
{
	return bytes_cut_prefix(&unit, "user@") && bytes_cut_suffix(&unit, ".service") &&
		number_parse(unit, UINT32_MAX, ret_uid) == 0;
}

static void look_for_unit(struct walk *walk, struct bytes name)
{
	uint64_t uid;

	if (walk->search == SEARCH_OVER)
		return;
	bytes_cut_prefix(&name, "_");
	/*
	 * Other parts are skipped: a container's systemd may be further down, in "payload",
	 * "container" or "ns".
	 */
	if (!is_unit_name(name))
		return;
	walk->facts.unit = name;
	if (walk->search == SEARCH_USER) {
		walk->facts.manager = MANAGER_USER;
		walk->search = SEARCH_OVER;
	} else {
		walk->facts.manager = MANAGER_SYSTEM;
		walk->search = is_user_manager(name, &uid) ? SEARCH_USER : SEARCH_OVER;
		if (walk->search == SEARCH_USER) {
			walk->facts.manager_uid = (uint32_t)uid;
			walk->is_users = true;
		}
	}
}

static void enter(struct walk *walk, struct cgroup_container container, struct bytes path)
{
	struct cgroup_facts facts = {
		.runtime = container.runtime,
		.container_id = container.id,
		.container_name = container.name,
		.container_path = path,
		.is_unverified = walk->is_users,
		.pod = walk->pod,
	};

	/* A systemd inside a container can't be asked from outside. */
	if (container.is_run_by_unit && !walk->facts.runtime.data) {
		facts.container_unit = walk->facts.unit;
		facts.container_unit_manager = walk->facts.manager;
		facts.manager_uid = walk->facts.manager_uid;
	}
	*walk = (struct walk){.facts = facts, .is_users = walk->is_users};
}

/* Cuts the next part off the front of *path. ".." is above the cgroup namespace's root. */
static struct bytes cut_part(struct bytes *path)
{
	struct bytes part;

	do
		part = bytes_cut(path, '/');
	while (part.data && (part.length == 0 || bytes_is(part, ".") || bytes_is(part, "..")));
	return part;
}

static struct cgroup_facts read_path(struct bytes path)
{
	const struct bytes whole = path;
	struct walk walk = {0};
	struct cgroup_part part = {0};

	bytes_cut_suffix(&path, " (deleted)");
	part.below = cut_part(&path);
	while (part.below.data) {
		struct cgroup_container container;

		part.name = part.below;
		part.below = cut_part(&path);
		cgroup_pod_read(part.name, part.in_kubepods, &walk.pod);
		if (cgroup_container_read(part, &container)) {
			const char *end = part.name.data + part.name.length;

			enter(&walk, container,
				(struct bytes){whole.data, (size_t)(end - whole.data)});
			/* A cgroup within a container named "lxc" is no container. */
			part.above = (struct bytes){0};
			part.in_kubepods = false;
			continue;
		}
		look_for_unit(&walk, part.name);
		if (bytes_is(part.name, "kubepods"))
			part.in_kubepods = true;
		part.above = part.name;
	}
	return walk.facts;
}

enum hierarchy {
	HIERARCHY_SYSTEMD, /* of version 1, with no controller: systemd's own */
	HIERARCHY_UNIFIED, /* of version 2 */
	HIERARCHY_OTHER, /* of version 1 */
	HIERARCHIES,
};

/* Reads "ID:controllers:/path". Returns false if the line has another form. */
static bool read_line(struct bytes line, enum hierarchy *ret_hierarchy, struct bytes *ret_path)
{
	struct bytes id = bytes_cut(&line, ':');
	struct bytes controllers = bytes_cut(&line, ':');
	uint64_t number;

	if (number_parse(id, UINT32_MAX, &number) || line.length == 0 || line.data[0] != '/')
		return false;
	*ret_path = line;
	*ret_hierarchy = HIERARCHY_OTHER;
	if (bytes_is(controllers, "name=systemd"))
		*ret_hierarchy = HIERARCHY_SYSTEMD;
	else if (number == 0 && controllers.length == 0)
		*ret_hierarchy = HIERARCHY_UNIFIED;
	return true;
}

/* Keeps the better in *best: a container beats a unit, and the first one wins. */
static void prefer(struct cgroup_facts *best, struct cgroup_facts other)
{
	if (!best->runtime.data && (other.runtime.data || !best->unit.data))
		*best = other;
}

int proc_parse_cgroup(struct bytes text, struct cgroup_facts *ret_facts)
{
	struct cgroup_facts candidates[HIERARCHIES] = {0};
	struct cgroup_facts best = {0};
	bool is_empty = text.length == 0;
	bool has_form = false;

	while (text.length > 0) {
		struct cgroup_facts facts;
		enum hierarchy hierarchy;
		struct bytes path;

		if (!read_line(bytes_cut(&text, '\n'), &hierarchy, &path))
			continue;
		has_form = true;
		facts = read_path(path);
		/* A cgroup named like a unit need not be systemd's there. */
		if (hierarchy != HIERARCHY_OTHER || facts.runtime.data)
			prefer(&candidates[hierarchy], facts);
	}
	if (!has_form)
		return is_empty ? -ENOENT : -EINVAL;
	for (size_t i = 0; i < HIERARCHIES; i++)
		prefer(&best, candidates[i]);
	if (!best.runtime.data && !best.unit.data)
		return -ENOENT;
	*ret_facts = best;
	return 0;
}

/* An escaped byte, "\x2d", at the beginning of `text`. Returns false if there is none. */
static bool read_escape(struct bytes text, char *ret_byte)
{
	enum { DIGITS = 2 };
	uint32_t value;

	if (!bytes_cut_prefix(&text, "\\x") || text.length < DIGITS ||
		number_parse_hex(text.data, DIGITS, &value))
		return false;
	*ret_byte = (char)value;
	return true;
}

int cgroup_append_container_name(struct buffer *buffer, const struct cgroup_facts *facts)
{
	struct bytes rest = facts->container_name;
	/* LXC doesn't escape names in paths. */
	bool is_escaped = bytes_is(facts->runtime, "systemd-nspawn");
	size_t before = buffer->length;

	while (rest.length > 0) {
		char byte = rest.data[0];
		size_t length = is_escaped && read_escape(rest, &byte) ? strlen("\\x2d") : 1;

		if (buffer_append_byte(buffer, byte)) {
			buffer->length = before;
			return -ENOMEM;
		}
		rest = bytes_skip(rest, length);
	}
	return 0;
}
