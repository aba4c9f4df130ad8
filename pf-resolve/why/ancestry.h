/*
 * The ancestors of processes. Many processes have the same ones: each is read once, and
 * shared by all that were started below it.
 */
#ifndef PF_ANCESTRY_H
#define PF_ANCESTRY_H

#include "process_map.h"
#include "process_source.h"

/* A process that has started others; of its facts, the paths of program and cgroup are let go. */
struct forebear {
	struct process_facts facts;
	int64_t identity; /* as os_process_start() tells; LISTENER_NONE: not known */
	bool has_looked; /* for its parent */
	struct forebear *parent; /* NULL: it has none, or none that can be seen */
	struct forebear *next; /* in the list of all */
};

/* Starts from {.source = …}; the owner calls ancestry_release(). */
struct ancestry {
	struct process_source *source; /* the caller's */
	struct process_map latest; /* by pid */
	struct forebear *all;
};

/*
 * Finds what started a process of these facts; NULL: it can't be seen, or there is nothing. It
 * holds as long as the ancestry does. Returns 0 or -ENOMEM.
 */
int ancestry_find_parent(
	struct ancestry *ancestry, const struct process_facts *child, struct forebear **ret_parent);

/* The same of what was found so, looked for once. */
int ancestry_next(struct ancestry *ancestry, struct forebear *child, struct forebear **ret_parent);

void ancestry_release(struct ancestry *ancestry);

#endif
