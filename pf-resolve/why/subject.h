/*
 * One process of which is asked why it runs: what is read of it and of its ancestors,
 * before any tool is asked.
 */
#ifndef PF_SUBJECT_H
#define PF_SUBJECT_H

#include "ancestry.h"
#include "docker_proxy.h"
#include "proc_cgroup.h"
#include "process_source.h"
#include "remedy.h"
#include "stream/details.h"

/* The owner calls subject_release(). It stays where it is: its texts point into it. */
struct subject {
	int64_t pid;
	int64_t start; /* as in struct listener */
	/* The first socket that it was met with. */
	enum listener_proto proto;
	struct address address;
	uint16_t port;
	struct process_facts facts;
	const struct process_facts **chain; /* these, its parent's, and so on; empty: not known */
	size_t count;
	size_t capacity;
	struct cgroup_place place; /* views into the cgroup of its facts */
	struct buffer container_name; /* that of the place, as its runtime takes it */
	const char *forwarder; /* the runtime for whose container it holds the port; NULL: none */
	struct docker_proxy proxy; /* of a forwarder */
	struct lineage lineage;
	struct buffer service; /* what its supervisor calls it */
	/* What the tools told, as views of what they have printed. */
	struct unit unit; /* that of the place, or the one that runs its container */
	int64_t manager_user; /* whose manager has it, where that is not who asks; else -1 */
	bool is_kept; /* the latter */
	bool is_claimed; /* that it is in this container is no more than its cgroup's name */
	int64_t main_pid;
	struct bytes triggers;
	struct container container;
	struct bytes restart_policy;
	struct remedy_text remedy;
	char started[OS_UTC_MAX];
	struct details details;
};

/*
 * Reads what there is of the listener's process, with the ancestry's source. Where the process has
 * gone, or the pid is another's by now, its chain stays empty. `own`: the place of who asks; to
 * those within a container it is no container, but the machine. Returns 0 or -ENOMEM.
 */
int subject_read(
	struct subject *subject, struct ancestry *ancestry, const struct cgroup_place *own);

/* Whether the process `pid` is in the same container, which the subject must be in. */
bool subject_shares_container(
	const struct subject *subject, struct process_source *source, int64_t pid);

/* Makes the details of what was read and told. Returns 0 or -ENOMEM. */
int subject_conclude(struct subject *subject);

void subject_release(struct subject *subject);

#endif
