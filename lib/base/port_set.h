/*
 * A set of ports, from command line arguments.
 */
#ifndef PF_PORT_SET_H
#define PF_PORT_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { PORT_MAX = 65535 };

/* Start from {0}: the empty set, which means all ports. */
struct port_set {
	uint64_t bits[(PORT_MAX + 1) / 64];
	unsigned count;
};

/* The empty set, for sharing: a set takes 8 KiB, which is too much for a small stack. */
extern const struct port_set port_set_all;

/*
 * Adds the ports of an argument: "3000", ":3000", "3000-3100", or a comma-separated list of these.
 * Returns 0, or -EINVAL with a constant message in *ret_why and the set unchanged.
 */
int port_set_add(struct port_set *set, struct bytes spec, const char **ret_why);

void port_set_add_port(struct port_set *set, uint16_t port);

/*
 * Removes the first range from a list that port_set_add() accepted: the ports from *ret_low to
 * *ret_high. Returns false if none is left.
 */
bool port_set_cut(struct bytes *spec, unsigned *ret_low, unsigned *ret_high);

bool port_set_has(const struct port_set *set, uint16_t port);

/* The lowest and the highest port of the set; 1 and 65535 if it is empty. */
void port_set_bounds(const struct port_set *set, uint16_t *ret_low, uint16_t *ret_high);

/* True if the set is empty or has the port. */
static inline bool port_set_wants(const struct port_set *set, uint16_t port)
{
	return set->count == 0 || port_set_has(set, port);
}

#endif
