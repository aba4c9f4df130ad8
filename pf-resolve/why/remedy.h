/*
 * What frees a port for good; pure. Where a program is known to start again what has
 * ended, it is the command that stops it there.
 */
#ifndef PF_REMEDY_H
#define PF_REMEDY_H

#include "restarter.h"
#include "stream/details.h"

/* What is known of a holder. */
struct remedy_case {
	const struct process_facts *const *ancestors; /* as in restarter.h */
	size_t count;
	struct restarter restarter;
	const struct unit *unit; /* of the holder, or of the container's own systemd */
	int64_t manager_user; /* whose manager has it, where it is another user's; else -1 */
	int64_t main_pid; /* of the unit; -1: not known */
	struct bytes triggers; /* the units that start it on demand, with blanks between */
	const struct container *container;
	bool is_forwarder; /* the holder passes on to the container, and is not in it */
	bool is_run_by_unit; /* the unit is one that runs the container, as Quadlet's do */
	bool is_unverified; /* the container may be another's that its cgroup is only named for */
	struct bytes restart_policy; /* of the container; data NULL: not known */
	struct bytes pod; /* of Kubernetes, to which the container belongs */
	struct bytes service; /* what the supervisor calls the holder; data NULL: not known */
	uint16_t port; /* one that it holds */
};

/* Start from {0}; the owner calls remedy_text_release(). */
struct remedy_text {
	enum verdict verdict;
	struct buffer command; /* empty: there is none, or it would be too long */
	struct buffer why;
};

/* Returns 0 or -ENOMEM. */
int remedy_find(const struct remedy_case *holder, struct remedy_text *ret_text);

void remedy_text_release(struct remedy_text *text);

#endif
