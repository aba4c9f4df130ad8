/*
 * The sockets that listen on this machine, as its kernel tells over netlink.
 */
#ifndef PF_SOCK_DIAG_SOURCE_H
#define PF_SOCK_DIAG_SOURCE_H

#include "collector.h"
#include "sockets.h"

/*
 * Adds the wanted sockets of one of the tables of /proc/net, without reading the
 * connections in it. Returns 0, or a negative errno where the kernel refuses, as
 * one without the modules does, and some sandboxes: the tables are there for that.
 */
int sock_diag_source_read(const struct collector_options *options, enum listener_proto proto,
	enum address_family family, struct sockets *sockets);

#endif
