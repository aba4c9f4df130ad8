/*
 * The tables of Windows' IP Helper API; pure.
 *
 * A table is a count of 32 bits and so many rows (MIB_TCPTABLE_OWNER_PID,
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
	struct bytes rows; /* those that are left */
};

struct ip_table_row {
	struct endpoint endpoint;
	int64_t pid; /* of the socket's maker; LISTENER_NONE where Windows gives 0, for none */
};

/* Begins with a table's bytes. 0, or -EBADMSG where it counts more rows than it holds. */
int ip_table_begin(struct bytes bytes, enum listener_proto proto, enum address_family family,
	struct ip_table *ret_table);

/* Takes the next row of a TCP socket that listens or a UDP socket; false at the end. */
bool ip_table_next(struct ip_table *table, struct ip_table_row *ret_row);

#endif
