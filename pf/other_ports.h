/*
 * What else there is to know about the ports that were asked for: the other ports of their holders,
 * and UDP sockets where nothing listens on TCP.
 */
#ifndef PF_OTHER_PORTS_H
#define PF_OTHER_PORTS_H

#include "listing.h"

/*
 * Lists the listeners, on other ports than those asked for, of the processes that hold these.
 * Nothing if all ports were asked for, if the capture is on stdin, or if it fails, silently. The
 * caller releases *ret_lines.
 */
void other_ports_list(const struct options *options, const char *directory,
	const struct listing *shown, struct buffer *ret_lines);

/* Says which ports each process holds besides: "node (12): also listens on ports 3100 and 9229". */
void other_ports_report(struct bytes lines);

/* Says who holds the ports by UDP, for whoever asked for TCP and found nothing. */
void other_ports_report_udp(const struct options *options, const char *directory);

#endif
