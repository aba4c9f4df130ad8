#include "ancestry.h"

#include <errno.h>
#include <stdlib.h>

#include "stream/listener.h"

static int64_t identify(const struct ancestry *ancestry, int64_t pid)
{
	int64_t start;

	if (!ancestry->source->is_live || os_process_start(pid, &start))
		return LISTENER_NONE;
	return start;
}

/* A capture is trusted to be of one moment. */
static bool is_current(const struct ancestry *ancestry, const struct forebear *forebear)
{
	return !ancestry->source->is_live ||
		(forebear->identity != LISTENER_NONE &&
			identify(ancestry, forebear->facts.pid) == forebear->identity);
}

/* Returns 0; -ENOENT where there is nothing to be seen; -ENOMEM. */
static int read_forebear(struct ancestry *ancestry, int64_t pid, struct forebear **ret_forebear)
{
	struct forebear *forebear = calloc(1, sizeof(*forebear));
	int error;

	if (!forebear)
		return -ENOMEM;
	/* Asked first: where the pid is another's meanwhile, that is found out the next time. */
	forebear->identity = identify(ancestry, pid);
	if (process_facts_read(ancestry->source, pid, &forebear->facts)) {
		free(forebear);
		return -ENOENT;
	}
	buffer_release(&forebear->facts.executable);
	buffer_release(&forebear->facts.cgroup);
	error = process_map_put(&ancestry->latest, pid, LISTENER_NONE, forebear);
	if (error) {
		process_facts_release(&forebear->facts);
		free(forebear);
		return error;
	}
	forebear->next = ancestry->all;
	ancestry->all = forebear;
	*ret_forebear = forebear;
	return 0;
}

int ancestry_find_parent(
	struct ancestry *ancestry, const struct process_facts *child, struct forebear **ret_parent)
{
	struct forebear *parent;
	int error = 0;

	*ret_parent = NULL;
	/* Pid 0 is the kernel's, which starts nothing that a person could have started. */
	if (child->parent <= 0)
		return 0;
	parent = process_map_find(&ancestry->latest, child->parent, LISTENER_NONE);
	if (!parent || !is_current(ancestry, parent))
		error = read_forebear(ancestry, child->parent, &parent);
	if (error)
		return error == -ENOENT ? 0 : error;
	/* A pid that came after its child is that of another process: the parent has gone. */
	if (parent->facts.start <= child->start)
		*ret_parent = parent;
	return 0;
}

int ancestry_next(struct ancestry *ancestry, struct forebear *child, struct forebear **ret_parent)
{
	int error = 0;

	if (!child->has_looked)
		error = ancestry_find_parent(ancestry, &child->facts, &child->parent);
	child->has_looked = !error;
	*ret_parent = child->parent;
	return error;
}

void ancestry_release(struct ancestry *ancestry)
{
	while (ancestry->all) {
		struct forebear *forebear = ancestry->all;

		ancestry->all = forebear->next;
		process_facts_release(&forebear->facts);
		free(forebear);
	}
	process_map_release(&ancestry->latest);
}
