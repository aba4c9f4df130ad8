/*
 * One process of which is asked why it runs: what is read of it and of its ancestors,
 * before any tool is asked.
 */
#ifndef PF_HOLDER_H
#define PF_HOLDER_H

#include "ancestor_cache.h"
#include "forwarder.h"
#include "proc_cgroup.h"
#include "process_source.h"
#include "remedy.h"
#include "stream/details.h"

/* The owner calls holder_release(). It stays where it is: its texts point into it. */
struct holder {
	int64_t pid;
	int64_t identity; /* listener.pid_start */
	/* The first socket that it was met with. */
	enum listener_proto proto;
	struct address address;
	uint16_t port;
	struct process_facts facts;
	const struct process_facts *
		*ancestors; /* these, its parent's, and so on; empty: not known */
	size_t count;
	size_t capacity;
	struct cgroup_place place; /* views into the cgroup of its facts */
	struct buffer container_name; /* that of the place, as its runtime takes it */
	const char *forwarder; /* the runtime for whose container it holds the port; NULL: none */
	struct forwarder_target proxy; /* of a forwarder */
	struct restarter restarter;
	struct buffer service; /* what its supervisor calls it */
	/* What the tools told, as views of what they have printed. */
	struct unit unit; /* that of the place, or the one that runs its container */
	int64_t manager_user; /* whose manager has it, where that is not who asks; else -1 */
	bool is_run_by_unit; /* the latter */
	bool is_unverified; /* that it is in this container is no more than its cgroup's name */
	int64_t main_pid;
	struct bytes triggers;
	struct container container;
	struct bytes restart_policy;
	struct remedy_text remedy;
	char start_time[OS_UTC_MAX];
	struct details details;
};

/*
 * Reads what there is of the listener's process, with the cache's source. Where the process has
 * gone, or the pid is another's by now, its ancestors stays empty. `own`: the place of who asks; to
 * those within a container it is no container, but the machine. Returns 0 or -ENOMEM.
 */
int holder_read(
	struct holder *holder, struct ancestor_cache *cache, const struct cgroup_place *own);

/* Whether the process `pid` is in the same container, which the holder must be in. */
bool holder_shares_container(
	const struct holder *holder, struct process_source *source, int64_t pid);

/* Makes the details of what was read and told. Returns 0 or -ENOMEM. */
int holder_explain(struct holder *holder);

void holder_release(struct holder *holder);

#endif
