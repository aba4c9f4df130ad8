/*
 * What frees a port for good; pure. If something is known to restart the holder, it is the command
 * that stops it there.
 */
#ifndef PF_REMEDY_H
#define PF_REMEDY_H

#include "container_list.h"
#include "restarter.h"
#include "socket_units.h"
#include "stream/details.h"
#include "unit_list.h"

/* What is known about a holder. */
struct remedy_case {
	const struct process_facts *const *ancestors; /* as in restarter.h */
	size_t count;
	struct restarter restarter;
	const struct unit *unit; /* of the holder, or of the container's own systemd */
	const char *
		directory; /* the XDG_RUNTIME_DIR that the caller's environment lacks; NULL: none */
	int64_t manager_user; /* whose manager has the unit, if that is another user; else -1 */
	const struct listed_unit *listed; /* what systemd knows about the unit; NULL: nothing */
	struct socket_unit
		socket_unit; /* the holder is a systemd, and holds the socket for this unit */
	bool is_alone; /* the unit is known to run nothing but the holder, and what started the
			  holder */
	bool top_holds; /* restarter.top is another process, and holds the port as well */
	const struct container *container;
	bool is_forwarder; /* the holder forwards to the container, and is not in it */
	bool is_run_by_unit; /* the unit runs the container, as Quadlet's do */
	bool is_unverified; /* only the name of its cgroup says that it is in the container */
	const struct listed_container *listed_container; /* NULL: unknown */
	int64_t container_user; /* whose containers they are, if that is another user; else -1 */
	bool is_user_podman; /* the container is of a user's podman, whose units are that user's */
	const char *publisher; /* whose list may name the container, but didn't; NULL: none */
	bool is_left_behind; /* it is a forwarder whose container is known to be gone */
	bool is_published; /* the listed container is not the holder's, but publishes its port */
	bool is_hidden; /* nothing is known of the holder but the container; count is 0 */
	struct bytes pod; /* the container's pod in Kubernetes */
	struct bytes service; /* the supervisor's name for the holder; data NULL: unknown */
	bool is_doubtful; /* the service's name is another user's word, and therefore unknown */
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
