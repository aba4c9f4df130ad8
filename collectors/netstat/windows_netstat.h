/*
 * The rows of `netstat -ano` on Windows; pure. Microsoft's page on netstat lists
 * the columns: protocol, local address, foreign address, for TCP the state, and
 * with -o the pid:
 *
 *   TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712
 *   UDP    [fe80::1%9]:1900       *:*                                    8844
 *
 * States, headings and the sentences that -b prints between rows are in the system's language, so
 * they are not read.
 */
#ifndef PF_WINDOWS_NETSTAT_H
#define PF_WINDOWS_NETSTAT_H

#include "base/parse.h"
#include "endpoint.h"

struct windows_netstat_row {
	struct endpoint endpoint;
	int64_t pid; /* LISTENER_NONE: not given, or 0, the idle process, which holds nothing */
	bool has_pid; /* false if there is no such column, as without -o */
};

/* True for a line that begins as a row of TCP or UDP, whether it listens or not. */
bool windows_netstat_is_row(struct bytes line);

/*
 * Parses one line, with or without a carriage return. PARSE_RECORD for a TCP socket that listens,
 * that is, whose foreign port is 0, and a UDP socket that is bound and not connected. PARSE_SKIP
 * for other sockets, and lines without an address and a port; else *ret_why says what is wrong.
 */
enum parse_result windows_netstat_parse_row(
	struct bytes line, struct windows_netstat_row *ret_row, const char **ret_why);

/*
 * Parses the name of a program, which -b prints on a line after its row: " [svchost.exe]". Returns
 * 0, or -ENOENT for any other line, such as the name of the service before it.
 */
int windows_netstat_parse_owner(struct bytes line, struct bytes *ret_name);

#endif
