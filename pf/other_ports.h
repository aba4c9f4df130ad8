/*
 * What else users should know about the requested ports: other ports of their holders, and holders
 * on UDP if nothing listens on TCP.
 */
#ifndef PF_OTHER_PORTS_H
#define PF_OTHER_PORTS_H

#include "listing.h"

/*
 * Lists the other listeners of the processes that hold the requested ports. Empty if all ports were
 * requested, if the capture is on stdin, or after a failure, which is not reported. The caller
 * releases *ret_lines.
 */
void other_ports_list(const struct options *options, const char *directory,
	const struct listing *shown, struct buffer *ret_lines);

/* Reports the other ports of each process: "node (12): also listens on ports 3100 and 9229". */
void other_ports_report(struct bytes lines);

/* Reports the holders of the ports on UDP, after nothing was found on TCP. */
void other_ports_report_udp(const struct options *options, const char *directory);

#endif
