/*
 * The rows of `netstat -ltnup` of Linux, from net-tools or busybox; pure. netstat(8) lists the
 * columns; -e adds the user and the inode before the last one:
 *
 *   tcp   0   0 0.0.0.0:80     0.0.0.0:*     LISTEN    1234/nginx: master
 *   udp6  0   0 :::5353        :::*                    -
 *
 * busybox calls IPv6 sockets tcp and udp, too. Headings and states depend on
 * the language, so rows are parsed without them.
 */
#ifndef PF_LINUX_NETSTAT_H
#define PF_LINUX_NETSTAT_H

#include "base/parse.h"
#include "endpoint.h"

struct linux_netstat_row {
	struct endpoint endpoint;
	int64_t pid; /* LISTENER_NONE: not shown */
	struct bytes command; /* at most 19 bytes with the pid; data NULL: not shown */
};

/* True for the heading; false for that of BSD's netstat. */
bool linux_netstat_is_heading(struct bytes line);

/*
 * Parses one line. PARSE_RECORD for a TCP socket that listens and a UDP socket that is bound and
 * not connected. PARSE_SKIP for other sockets, and for lines that are not rows of TCP or UDP; else
 * *ret_why says what is wrong.
 */
enum parse_result linux_netstat_parse_row(
	struct bytes line, struct linux_netstat_row *ret_row, const char **ret_why);

/* True for a line that begins as a row of TCP or UDP. */
bool linux_netstat_is_row(struct bytes line);

#endif
