#include "explainer.h"

#include <errno.h>

#include "ancestor_cache.h"
#include "base/array.h"
#include "tool_answers.h"

struct explainer {
	struct process_source source;
	struct ancestor_cache cache;
	struct buffer own_cgroup_text;
	struct cgroup_facts own_cgroup; /* views into that */
	struct tool_answers tools;
	struct process_map by_identity; /* the holders */
	struct holder **holders; /* allocated one by one, since they must not move */
	size_t count;
	size_t capacity;
};

int explainer_new(const struct os_directory *root, bool is_live, struct explainer **ret_explainer)
{
	struct explainer *explainer = calloc(1, sizeof(*explainer));
	int error = -ENOENT;

	if (!explainer)
		return -ENOMEM;
	explainer->source = (struct process_source){.root = root, .is_live = is_live};
	explainer->cache.source = &explainer->source;
	if (root && is_live)
		error = os_read_file(root, "proc/self/cgroup", &explainer->own_cgroup_text);
	process_failure_note(&explainer->source.failure, os_own_pid(), error);
	if (!error)
		(void)proc_parse_cgroup(
			buffer_bytes(&explainer->own_cgroup_text), &explainer->own_cgroup);
	*ret_explainer = explainer;
	return 0;
}

/* NULL: out of memory. */
static struct holder *add(struct explainer *explainer, const struct listener *listener)
{
	struct holder **holders = array_reserve(explainer->holders, explainer->count,
		&explainer->capacity, sizeof(struct holder *));
	struct holder *holder;

	if (!holders)
		return NULL;
	explainer->holders = holders;
	holder = calloc(1, sizeof(*holder));
	if (!holder)
		return NULL;
	holder->pid = listener->pid;
	holder->identity = listener->pid_start;
	holder->proto = listener->proto;
	holder->address = listener->address;
	holder->port = listener->port;
	holders[explainer->count++] = holder;
	return holder;
}

int explainer_add(struct explainer *explainer, const struct listener *listener)
{
	struct holder *holder;
	int error;

	if (process_map_find(&explainer->by_identity, listener->pid, listener->pid_start))
		return 0;
	holder = add(explainer, listener);
	if (!holder)
		return -ENOMEM;
	error = process_map_put(
		&explainer->by_identity, listener->pid, listener->pid_start, holder);
	return error ? error : holder_read(holder, &explainer->cache, &explainer->own_cgroup);
}

int explainer_add_hidden(
	struct explainer *explainer, const struct listener *listener, size_t *ret_number)
{
	struct holder *holder = add(explainer, listener);

	if (!holder)
		return -ENOMEM;
	holder_begin_hidden(holder);
	*ret_number = explainer->count - 1;
	return 0;
}

const struct details *explainer_find_hidden(const struct explainer *explainer, size_t number)
{
	return &explainer->holders[number]->details;
}

/* Whether the topmost process of the holder's program holds the same port. */
static bool top_holds(const struct explainer *explainer, const struct holder *holder)
{
	size_t top = holder->restarter.top;

	if (top >= holder->count)
		return false;
	for (size_t i = 0; i < explainer->count; i++)
		if (explainer->holders[i]->pid == holder->ancestors[top]->pid &&
			explainer->holders[i]->port == holder->port)
			return true;
	return false;
}

int explainer_run(struct explainer *explainer)
{
	int error = 0;

	if (explainer->source.is_live)
		error = tool_answers_ask(&explainer->tools, &explainer->source, explainer->holders,
			explainer->count);
	for (size_t i = 0; i < explainer->count; i++) {
		int holder_error;

		explainer->holders[i]->top_holds = top_holds(explainer, explainer->holders[i]);
		holder_error = holder_explain(explainer->holders[i]);

		if (!error)
			error = holder_error;
	}
	return error;
}

const struct details *explainer_find(
	const struct explainer *explainer, int64_t pid, int64_t identity)
{
	const struct holder *holder = process_map_find(&explainer->by_identity, pid, identity);

	return holder ? &holder->details : &details_none;
}

const struct process_failure *explainer_failure(const struct explainer *explainer)
{
	return &explainer->source.failure;
}

void explainer_free(struct explainer *explainer)
{
	for (size_t i = 0; i < explainer->count; i++) {
		holder_release(explainer->holders[i]);
		free(explainer->holders[i]);
	}
	free(explainer->holders);
	process_map_release(&explainer->by_identity);
	ancestor_cache_release(&explainer->cache);
	tool_answers_release(&explainer->tools);
	buffer_release(&explainer->own_cgroup_text);
	free(explainer);
}
