/*
 * The ancestors of processes. Many processes share them, so each is read once.
 */
#ifndef PF_ANCESTOR_CACHE_H
#define PF_ANCESTOR_CACHE_H

#include "process_map.h"
#include "process_source.h"

/* Of its facts, the paths of executable and cgroup are dropped. */
struct cached_ancestor {
	struct process_facts facts;
	int64_t identity; /* as os_process_identity(); LISTENER_NONE: unknown */
	bool has_looked; /* for `parent` */
	struct cached_ancestor *parent; /* NULL: none, or not visible */
	struct cached_ancestor *next; /* in the list of all */
};

/* Starts from {.source = …}; the owner calls ancestor_cache_release(). */
struct ancestor_cache {
	struct process_source *source; /* the caller's */
	struct process_map latest; /* by pid */
	struct cached_ancestor *all;
};

/*
 * Finds the parent of a process with these facts; NULL if there is none or it is not visible. Valid
 * as long as the cache is. Returns 0 or -ENOMEM.
 */
int ancestor_cache_find_parent(struct ancestor_cache *cache, const struct process_facts *child,
	struct cached_ancestor **ret_parent);

/* The same for an ancestor that was found. */
int ancestor_cache_next(struct ancestor_cache *cache, struct cached_ancestor *child,
	struct cached_ancestor **ret_parent);

void ancestor_cache_release(struct ancestor_cache *cache);

#endif
