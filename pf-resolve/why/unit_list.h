/*
 * Units of systemd, as `systemctl show --property=Id,Restart,MainPID,TriggeredBy` prints
 * them; pure. systemctl(1): KEY=VALUE lines, an empty line between two units. The keys come
 * in an order of its own, and those that a unit doesn't have are left out: a scope has
 * neither Restart nor MainPID. Names have their \x2d, as they are given to systemctl.
 */
#ifndef PF_UNIT_LIST_H
#define PF_UNIT_LIST_H

#include <stdint.h>

#include "base/buffer.h"

/* Views of what was printed. No value: data is NULL. */
struct listed_unit {
	struct bytes id; /* its name */
	struct bytes restart; /* "always", Restart= of systemd.service(5) */
	int64_t main_pid; /* 0: it has none; -1: not known */
	/* Sockets and timers that start it, a blank between two, as a user's systemd may lie. */
	struct bytes triggered_by;
};

/* Start from {0}; the owner calls unit_list_release(). */
struct unit_list {
	struct listed_unit *items; /* by their ids */
	size_t count;
	size_t capacity;
	struct buffer text; /* what the views are of, where the list is its owner */
};

/* How systemctl is asked for them. */
#define UNIT_LIST_PROPERTIES "--property=Id,Restart,MainPID,TriggeredBy"

/*
 * Adds the units of a text, which has to stay as long as the list. What can't be understood
 * is passed over, and a unit without an id, too. 0 or -ENOMEM.
 */
int unit_list_read(struct unit_list *list, struct bytes text);

/* The unit with that name; NULL: there is none. */
const struct listed_unit *unit_list_find(const struct unit_list *list, struct bytes name);

void unit_list_release(struct unit_list *list);

#endif
