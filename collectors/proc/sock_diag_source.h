/*
 * The listening sockets of this machine, from its kernel over netlink.
 */
#ifndef PF_SOCK_DIAG_SOURCE_H
#define PF_SOCK_DIAG_SOURCE_H

#include "collector.h"
#include "sockets.h"

/*
 * Adds the wanted sockets that one table of /proc/net would list, without reading connections.
 * Returns 0, or a negative errno if the kernel refuses, as without the modules or in some
 * sandboxes: then read the tables.
 */
int sock_diag_source_read(const struct collector_options *options, enum listener_proto proto,
	enum address_family family, struct sockets *sockets);

#endif
