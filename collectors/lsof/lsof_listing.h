/*
 * The sockets of lsof and netstat, merged; pure.
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
 * Sorts by endpoint, then by pid, and keeps the lowest of a process's descriptors for an endpoint,
 * so that each holder has one line. Drops netstat's sockets, which have no pid, if lsof lists the
 * endpoint. Returns the number of those left without a pid.
 */
size_t lsof_listing_merge(struct lsof_listing *listing);

void lsof_listing_release(struct lsof_listing *listing);

#endif
