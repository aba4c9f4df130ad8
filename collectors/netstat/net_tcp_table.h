/*
 * The table of PowerShell's Get-NetTCPConnection; pure. Its heading has the property names
 * of MSFT_NetTCPConnection, in every language:
 *
 *   LocalAddress  LocalPort RemoteAddress  RemotePort State   AppliedSetting OwningProcess
 *   127.0.0.1     37777     0.0.0.0        0          Listen                 28620
 */
#ifndef PF_NET_TCP_TABLE_H
#define PF_NET_TCP_TABLE_H

#include "windows_netstat.h"

/* Starts from {0}. */
struct net_tcp_table {
	bool has_heading;
	bool has_pid; /* the last column; missing in a narrow window */
};

/*
 * Parses one line. PARSE_RECORD for a socket that listens. PARSE_SKIP for the heading, other
 * sockets, and everything before the heading; else *ret_why says what is wrong.
 */
enum parse_result net_tcp_table_parse_line(struct net_tcp_table *table, struct bytes line,
	struct windows_netstat_row *ret_row, const char **ret_why);

#endif
