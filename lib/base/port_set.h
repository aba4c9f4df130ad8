/*
 * A set of ports, as asked for on a command line.
 */
#ifndef PF_PORT_SET_H
#define PF_PORT_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { PORT_MAX = 65535 };

/* Start from {0}: the empty set, which stands for all ports. */
struct port_set {
	uint64_t bits[(PORT_MAX + 1) / 64];
	unsigned count;
};

/*
 * Adds what one argument names: "3000", ":3000", "3000-3100", or several of
 * these with commas. Returns 0, or -EINVAL with a constant sentence in
 * *ret_why, and the set then unchanged.
 */
int port_set_add(struct port_set *set, struct bytes spec, const char **ret_why);

void port_set_add_port(struct port_set *set, uint16_t port);

/*
 * Cuts the first of the parts between commas off the front of *spec, which
 * port_set_add() has accepted: the ports from *ret_low to *ret_high. Returns false
 * where there is none left.
 */
bool port_set_cut(struct bytes *spec, unsigned *ret_low, unsigned *ret_high);

bool port_set_has(const struct port_set *set, uint16_t port);

/* The lowest and the highest port of the set: 1 and 65535 where it is empty. */
void port_set_bounds(const struct port_set *set, uint16_t *ret_low, uint16_t *ret_high);

/* True where the set is empty or has the port. */
static inline bool port_set_wants(const struct port_set *set, uint16_t port)
{
	return set->count == 0 || port_set_has(set, port);
}

#endif
