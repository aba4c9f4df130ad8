/*
 * The ancestors of processes. Many processes have the same ones: each is read once, and
 * shared by all that were started below it.
 */
#ifndef PF_ANCESTOR_CACHE_H
#define PF_ANCESTOR_CACHE_H

#include "process_map.h"
#include "process_source.h"

/* A process that has started others; of its facts, the paths of program and cgroup are let go. */
struct cached_ancestor {
	struct process_facts facts;
	int64_t identity; /* as os_process_identity() tells; LISTENER_NONE: not known */
	bool has_looked; /* for its parent */
	struct cached_ancestor *parent; /* NULL: it has none, or none that can be seen */
	struct cached_ancestor *next; /* in the list of all */
};

/* Starts from {.source = …}; the owner calls ancestor_cache_release(). */
struct ancestor_cache {
	struct process_source *source; /* the caller's */
	struct process_map latest; /* by pid */
	struct cached_ancestor *all;
};

/*
 * Finds what started a process of these facts; NULL: it can't be seen, or there is nothing. It
 * holds as long as the cache does. Returns 0 or -ENOMEM.
 */
int ancestor_cache_find_parent(struct ancestor_cache *cache, const struct process_facts *child,
	struct cached_ancestor **ret_parent);

/* The same of what was found so, looked for once. */
int ancestor_cache_next(struct ancestor_cache *cache, struct cached_ancestor *child,
	struct cached_ancestor **ret_parent);

void ancestor_cache_release(struct ancestor_cache *cache);

#endif
