/*
 * The kernel's socket monitoring over netlink, sock_diag(7); pure. It gives the
 * sockets in one state without those in the others, which /proc/net prints all.
 *
 * Messages are those of include/uapi/linux/{netlink,sock_diag,inet_diag}.h:
 * addresses and ports in network order, other numbers in the machine's own.
 */
#ifndef PF_SOCK_DIAG_H
#define PF_SOCK_DIAG_H

#include "proc_net.h"

/* What is asked for: a table, and the ports from `low` to `high`. */
struct sock_diag_query {
	enum listener_proto proto;
	enum address_family family;
	uint16_t low; /* 1 and 65535: all */
	uint16_t high;
};

enum { SOCK_DIAG_REQUEST_MAX = 128 };

/* Writes the request for the sockets that listen. Returns its length. */
size_t sock_diag_request(
	const struct sock_diag_query *query, unsigned char ret_request[SOCK_DIAG_REQUEST_MAX]);

/*
 * Cuts the next socket off the front of *answer: the messages that the kernel
 * sent, one after another. Returns 1; 0 at the end; -EBADMSG where the rest is
 * no such messages.
 */
int sock_diag_next(struct bytes *answer, enum address_family family, struct proc_net_row *ret_row);

#endif
