/*
 * Which socket unit of systemd has a socket, from `systemctl show --property=Id,Listen,Triggers
 * '*.socket'`; pure. systemctl(1): KEY=VALUE lines, an empty line between units; a line "Listen="
 * for each socket, such as "Listen=127.0.0.1:7109 (Stream)" or "Listen=[::]:53 (Datagram)".
 */
#ifndef PF_SOCKET_UNITS_H
#define PF_SOCKET_UNITS_H

#include "stream/listener.h"

/* Views of the text. */
struct socket_unit {
	struct bytes id;
	struct bytes triggers; /* the services that it starts, separated by spaces */
};

#define SOCKET_UNIT_PROPERTIES "--property=Id,Listen,Triggers"

/* Returns true if one of the units has this very socket, with a valid name. */
bool socket_units_find(struct bytes text, enum listener_proto proto, const struct address *address,
	uint16_t port, struct socket_unit *ret_unit);

#endif
