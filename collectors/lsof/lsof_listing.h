/*
 * What lsof and netstat have told, put together; pure.
 */
#ifndef PF_LSOF_LISTING_H
#define PF_LSOF_LISTING_H

#include "base/port_set.h"
#include "lsof_fields.h"

/* Start from {0}; the owner calls lsof_listing_release(). */
struct lsof_listing {
	struct lsof_socket *items; /* their texts are views into what was read */
	size_t count;
	size_t capacity;
};

/* Adds a socket. Returns 0 or -ENOMEM. */
int lsof_listing_add(struct lsof_listing *listing, const struct lsof_socket *socket);

/*
 * Sorts by endpoint, then by pid, and keeps of a process's descriptors for one
 * endpoint the lowest: a line for each holder of a socket. Sockets without a pid,
 * which netstat has told of, are dropped where lsof told of the same endpoint.
 * Returns how many without a pid are left.
 */
size_t lsof_listing_settle(struct lsof_listing *listing);

void lsof_listing_release(struct lsof_listing *listing);

#endif
