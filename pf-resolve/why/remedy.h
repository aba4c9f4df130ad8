/*
 * What frees a port for good; pure. If something is known to restart the holder, it is the command
 * that stops it there.
 */
#ifndef PF_REMEDY_H
#define PF_REMEDY_H

#include "restarter.h"
#include "stream/details.h"

/* What is known about a holder. */
struct remedy_case {
	const struct process_facts *const *ancestors; /* as in restarter.h */
	size_t count;
	struct restarter restarter;
	const struct unit *unit; /* of the holder, or of the container's own systemd */
	int64_t manager_user; /* whose manager has the unit, if that is another user; else -1 */
	int64_t main_pid; /* of the unit; -1: unknown */
	struct bytes triggers; /* the units that start it on demand, separated by spaces */
	const struct container *container;
	bool is_forwarder; /* the holder forwards to the container, and is not in it */
	bool is_run_by_unit; /* the unit runs the container, as Quadlet's do */
	bool is_unverified; /* only the name of its cgroup says that it is in the container */
	struct bytes restart_policy; /* of the container; data NULL: unknown */
	struct bytes pod; /* the container's pod in Kubernetes */
	struct bytes service; /* the supervisor's name for the holder; data NULL: unknown */
	uint16_t port; /* one of its ports */
};

/* Start from {0}; the owner calls remedy_text_release(). */
struct remedy_text {
	enum verdict verdict;
	struct buffer command; /* empty: none, or too long */
	struct buffer why;
};

/* Returns 0 or -ENOMEM. */
int remedy_find(const struct remedy_case *holder, struct remedy_text *ret_text);

void remedy_text_release(struct remedy_text *text);

#endif
