/*
 * The socket tables of Linux, /proc/net/{tcp,tcp6,udp,udp6}; pure.
 *
 * The format is the kernel's own (net/ipv4/tcp_ipv4.c, net/ipv6/tcp_ipv6.c,
 * net/ipv4/udp.c; Documentation/networking/proc_net_tcp.rst): a heading, then a
 * row per socket. Columns are found by their names in the heading, so a kernel may add some.
 */
#ifndef PF_PROC_NET_H
#define PF_PROC_NET_H

#include "base/parse.h"
#include "socket_row.h"

/*
 * The byte order of the machine that printed the table: it prints an address
 * as 32-bit words in its own order, so 127.0.0.1 is 0100007F or 7F000001.
 */
enum byte_order {
	ORDER_LITTLE,
	ORDER_BIG,
};

/* Which table a row is from, and the places of its columns, from 0. */
struct proc_net_table {
	enum listener_proto proto;
	enum address_family family;
	enum byte_order order;
	int local_address;
	int state;
	int uid;
	int inode;
};

/* Finds the columns in the heading. Returns 0, or -EINVAL if one is missing. */
int proc_net_parse_heading(struct bytes line, struct proc_net_table *table);

/*
 * Parses a row without its newline. PARSE_RECORD for a TCP socket that listens and a UDP socket
 * that is bound and not connected; PARSE_SKIP for one in another state; else *ret_why says which
 * column is wrong.
 */
enum parse_result proc_net_parse_row(struct bytes line, const struct proc_net_table *table,
	struct socket_row *ret_row, const char **ret_why);

#endif
