/*
 * An address with a port, as lsof, netstat and ss print them; pure.
 */
#ifndef PF_ENDPOINT_H
#define PF_ENDPOINT_H

#include "stream/listener.h"

struct endpoint {
	enum listener_proto proto;
	struct address address;
	uint16_t port; /* 0: not bound, printed as "*" */
};

/*
 * Parses "127.0.0.1:80", "[::1]:80" or "*:80", with `separator` before the port:
 * its last one outside brackets. "*" is the wildcard of the family. A zone may follow the
 * brackets or the "*". Sets the address and the port. Returns 0, or -EINVAL with a constant
 * message.
 *
 * Kernels with KAME's IPv6 (macOS and the BSDs) keep the interface of a link-local address in its
 * second group, and lsof prints that: fe80:4::1 is fe80::1%4.
 */
int endpoint_parse(struct bytes text, char separator, enum address_family family,
	struct endpoint *ret_endpoint, const char **ret_why);

/* Orders by protocol, address and port. Zones are ignored: one tool prints names, another numbers.
 */
int endpoint_compare(const struct endpoint *a, const struct endpoint *b);

#endif
