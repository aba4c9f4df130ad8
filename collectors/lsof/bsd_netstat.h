/*
 * The rows of `netstat -an` on macOS and the BSDs; pure. netstat(1) there:
 * protocol, two queues, local address, foreign address, and for TCP the state,
 * with a dot before the port: "tcp4  0  0  127.0.0.1.3000  *.*  LISTEN".
 */
#ifndef PF_BSD_NETSTAT_H
#define PF_BSD_NETSTAT_H

#include "base/parse.h"
#include "endpoint.h"

/*
 * Parses one line. PARSE_RECORD for a TCP socket that listens and a UDP socket that is bound and
 * not connected; tcp46 is one socket of both families, so "::". PARSE_SKIP for headings, other
 * protocols and connected sockets; else *ret_why says what is wrong.
 */
enum parse_result bsd_netstat_parse_row(
	struct bytes line, struct endpoint *ret_endpoint, const char **ret_why);

#endif
