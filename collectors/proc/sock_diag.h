/*
 * The kernel's socket monitoring over netlink, sock_diag(7); pure. It can return only sockets in
 * certain states, where /proc/net lists all.
 *
 * Messages are those of include/uapi/linux/{netlink,sock_diag,inet_diag}.h:
 * addresses and ports in network order, other numbers in the machine's own.
 */
#ifndef PF_SOCK_DIAG_H
#define PF_SOCK_DIAG_H

#include "socket_row.h"

/* A request: a table, and ports from `low` to `high`. */
struct sock_diag_query {
	enum listener_proto proto;
	enum address_family family;
	uint16_t low; /* 1 and 65535: all */
	uint16_t high;
};

enum { SOCK_DIAG_REQUEST_MAX = 128 };

/* Writes the request for listening sockets. Returns its length. */
size_t sock_diag_request(
	const struct sock_diag_query *query, unsigned char ret_request[SOCK_DIAG_REQUEST_MAX]);

/*
 * Cuts the next socket off the front of *answer, the kernel's messages one after another. Returns
 * 1, 0 at the end, or -EBADMSG if the rest is malformed.
 */
int sock_diag_next(struct bytes *answer, enum address_family family, struct socket_row *ret_row);

#endif
