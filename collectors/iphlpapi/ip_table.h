/*
 * The tables of Windows' IP Helper API; pure.
 *
 * A table is a 32-bit count and as many rows (MIB_TCPTABLE_OWNER_PID,
 * MIB_TCP6TABLE_OWNER_PID, MIB_UDPTABLE_OWNER_PID, MIB_UDP6TABLE_OWNER_PID in
 * Microsoft's documentation). Addresses and ports are in network order, other
 * numbers little-endian.
 */
#ifndef PF_IP_TABLE_H
#define PF_IP_TABLE_H

#include <stdint.h>

#include "endpoint.h"

struct ip_table {
	enum listener_proto proto;
	enum address_family family;
	struct bytes rows; /* the remaining ones */
};

struct ip_table_row {
	struct endpoint endpoint;
	int64_t pid; /* of the process that created the socket; LISTENER_NONE if Windows says 0, for
			none */
};

/* Returns 0, or -EBADMSG if the table has fewer rows than it says. */
int ip_table_begin(struct bytes bytes, enum listener_proto proto, enum address_family family,
	struct ip_table *ret_table);

/* Returns the next TCP socket that listens, or UDP socket; false at the end. */
bool ip_table_next(struct ip_table *table, struct ip_table_row *ret_row);

#endif
