#include "ancestor_cache.h"

#include <errno.h>
#include <stdlib.h>

#include "process_identity.h"

static int64_t identify(const struct ancestor_cache *cache, int64_t pid)
{
	int64_t identity;

	if (!cache->source->is_live || os_process_identity(pid, &identity))
		return LISTENER_NONE;
	return identity;
}

/* A capture is assumed to be of one moment. */
static bool is_current(const struct ancestor_cache *cache, const struct cached_ancestor *ancestor)
{
	return !cache->source->is_live ||
		(ancestor->identity != LISTENER_NONE &&
			process_identity_check(
				ancestor->facts.pid, ancestor->identity, os_process_identity) == 0);
}

/* Returns 0, -ENOENT if it isn't visible, or -ENOMEM. */
static int read_ancestor(
	struct ancestor_cache *cache, int64_t pid, struct cached_ancestor **ret_ancestor)
{
	struct cached_ancestor *ancestor = calloc(1, sizeof(*ancestor));
	int error;

	if (!ancestor)
		return -ENOMEM;
	/* Read first: if the pid is reused meanwhile, the next lookup notices. */
	ancestor->identity = identify(cache, pid);
	if (process_facts_read(cache->source, pid, &ancestor->facts)) {
		free(ancestor);
		return -ENOENT;
	}
	buffer_release(&ancestor->facts.executable);
	buffer_release(&ancestor->facts.cgroup);
	error = process_map_put(&cache->latest, pid, LISTENER_NONE, ancestor);
	if (error) {
		process_facts_release(&ancestor->facts);
		free(ancestor);
		return error;
	}
	ancestor->next = cache->all;
	cache->all = ancestor;
	*ret_ancestor = ancestor;
	return 0;
}

int ancestor_cache_find_parent(struct ancestor_cache *cache, const struct process_facts *child,
	struct cached_ancestor **ret_parent)
{
	struct cached_ancestor *parent;
	int error = 0;

	*ret_parent = NULL;
	/* Pid 0 is the kernel, whose children nobody started. */
	if (child->parent <= 0)
		return 0;
	parent = process_map_find(&cache->latest, child->parent, LISTENER_NONE);
	if (!parent || !is_current(cache, parent))
		error = read_ancestor(cache, child->parent, &parent);
	if (error)
		return error == -ENOENT ? 0 : error;
	/* A parent that started after its child is another process with the pid of the real one. */
	if (parent->facts.start_ticks <= child->start_ticks)
		*ret_parent = parent;
	return 0;
}

int ancestor_cache_next(struct ancestor_cache *cache, struct cached_ancestor *child,
	struct cached_ancestor **ret_parent)
{
	int error = 0;

	if (!child->has_looked)
		error = ancestor_cache_find_parent(cache, &child->facts, &child->parent);
	child->has_looked = !error;
	*ret_parent = child->parent;
	return error;
}

void ancestor_cache_release(struct ancestor_cache *cache)
{
	while (cache->all) {
		struct cached_ancestor *ancestor = cache->all;

		cache->all = ancestor->next;
		process_facts_release(&ancestor->facts);
		free(ancestor);
	}
	process_map_release(&cache->latest);
}
