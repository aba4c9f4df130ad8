/*
 * systemd's units, as printed by `systemctl show`; pure.
 * systemctl(1): KEY=VALUE lines, an empty line between units. The keys come in any order, and those
 * that a unit lacks are omitted: a scope has neither Restart nor MainPID. Names have their \x2d, as
 * systemctl accepts them.
 */
#ifndef PF_UNIT_LIST_H
#define PF_UNIT_LIST_H

#include <stdint.h>

#include "base/buffer.h"

/* Views of the output. No value: data NULL. */
struct listed_unit {
	struct bytes id; /* its name */
	struct bytes restart; /* "always", Restart= of systemd.service(5) */
	int64_t main_pid; /* 0: none; -1: unknown */
	/* Sockets and timers that start it, separated by spaces; a user's systemd may lie. */
	struct bytes triggered_by;
	/* Units that have Upholds= for it, and those it starts when it ends, likewise. */
	struct bytes upheld_by;
	struct bytes on_success;
	struct bytes on_failure;
	struct bytes restart_force_exit_status; /* as in systemd.service(5): "SIGTERM 3" */
};

/* Start from {0}; the owner calls unit_list_release(). */
struct unit_list {
	struct listed_unit *items; /* sorted by id */
	size_t count;
	size_t capacity;
	struct buffer text; /* what the views are of, if the list owns it */
};

/* The option that asks systemctl for them. */
#define UNIT_LIST_PROPERTIES                                                                       \
	"--property=Id,Restart,MainPID,TriggeredBy,UpheldBy,OnSuccess,OnFailure,"                  \
	"RestartForceExitStatus"

/*
 * Adds the units in a text, which must outlive the list. Whatever isn't understood is skipped, and
 * so is a unit without an id. Returns 0 or -ENOMEM.
 */
int unit_list_read(struct unit_list *list, struct bytes text);

/* The unit with that name; NULL: there is none. */
const struct listed_unit *unit_list_find(const struct unit_list *list, struct bytes name);

void unit_list_release(struct unit_list *list);

#endif
