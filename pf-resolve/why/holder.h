/*
 * The process that holds a port, and everything that is known about it and its ancestors.
 */
#ifndef PF_HOLDER_H
#define PF_HOLDER_H

#include "ancestor_cache.h"
#include "container_list.h"
#include "forwarder.h"
#include "proc_cgroup.h"
#include "process_source.h"
#include "remedy.h"
#include "socket_units.h"
#include "stream/details.h"

/* The owner calls holder_release(). It must not be moved: its texts point into it. */
struct holder {
	int64_t pid;
	int64_t identity; /* listener.pid_start */
	/* The first socket it was found with. */
	enum listener_proto proto;
	struct address address;
	uint16_t port;
	struct process_facts facts;
	/* The facts above, its parent's, and so on; empty if unknown. */
	const struct process_facts **ancestors;
	size_t count;
	size_t capacity;
	struct cgroup_facts cgroup; /* views into facts.cgroup */
	struct buffer container_name; /* that of `cgroup`, as its runtime expects it */
	const char *forwarder; /* the runtime of the container it forwards to; NULL: it doesn't */
	/* "docker" or "podman", whose list of published ports may tell the container; NULL: none */
	const char *publisher;
	bool is_answered; /* that list was read */
	int64_t container_user; /* whose containers they are, if not the caller's; else -1 */
	const struct listed_container *listed_container; /* NULL: unknown */
	struct forwarder_target target; /* where a forwarder forwards to */
	struct restarter restarter;
	struct buffer service; /* what its supervisor calls it */
	bool is_doubtful; /* the service's name is the word of another user, and not kept */
	/* From the tools, as views of their output. */
	struct unit unit; /* that of `cgroup`, or the one that runs its container */
	int64_t manager_user; /* whose manager has the unit, if that is not the caller; else -1 */
	char directory[64]; /* XDG_RUNTIME_DIR, if: */
	bool lacks_directory; /* as of unit_source_lacks_directory(), for the caller's manager */
	bool is_run_by_unit; /* `unit` runs the container */
	bool is_unverified; /* only the name of its cgroup says that it is in this container */
	struct socket_unit socket_unit; /* of a systemd: for which it holds the socket */
	const struct listed_unit *listed; /* NULL: systemd was not asked, or doesn't know it */
	bool is_alone; /* as in remedy.h */
	bool top_holds; /* as in remedy.h; the explainer sets it */
	struct container container;
	struct remedy_text remedy;
	char start_time[OS_UTC_MAX];
	struct details details;
};

/*
 * Reads what is known about the listener's process, from the cache's source. If the process is
 * gone, or another one has its pid, `ancestors` stays empty. `own` is the caller's own cgroup: from
 * within a container, that container is the machine. Returns 0 or -ENOMEM.
 */
int holder_read(
	struct holder *holder, struct ancestor_cache *cache, const struct cgroup_facts *own);

/*
 * Prepares for a listener whose holder is hidden: docker may publish the port. Only its details'
 * container and remedy can become known.
 */
void holder_begin_hidden(struct holder *holder);

/* Whether process `pid` is in the same container; the holder must be in one. */
bool holder_shares_container(
	const struct holder *holder, struct process_source *source, int64_t pid);

/* Derives the details from what was read and answered. Returns 0 or -ENOMEM. */
int holder_explain(struct holder *holder);

void holder_release(struct holder *holder);

#endif
