/*
 * Ports in forms that are often pasted: "localhost:3000", "0.0.0.0:80", ":::3000", "[::]:3000",
 * "*:3000", "3000/tcp", "http://localhost:3000/x". Pure.
 *
 * A numeric address that isn't a wildcard asks for the sockets that would answer there: its own,
 * and the wildcard's. No name server is asked, so "localhost" is the only name.
 */
#ifndef PF_ASKED_PORTS_H
#define PF_ASKED_PORTS_H

#include "base/port_set.h"
#include "stream/listener.h"

enum asked_address {
	ASKED_ANY, /* no address, or a wildcard */
	ASKED_ADDRESS,
	ASKED_LOCALHOST, /* 127.0.0.1 and ::1 */
};

struct asked_port {
	uint16_t port;
	enum asked_address address_kind;
	struct address address; /* of ASKED_ADDRESS */
	bool has_proto;
	enum listener_proto proto; /* of "/tcp" and "/udp" */
};

/*
 * Reads one argument in such a form. Returns 0, or -EINVAL with a constant message in *ret_why:
 * NULL if the text has none of these forms, and should be read as plain ports.
 */
int asked_port_read(struct bytes text, struct asked_port *ret_asked, const char **ret_why);

enum { ASKED_PORTS_MAX = 64 };

/* What was requested, if any argument was in such a form. Starts from {0}. */
struct asked_ports {
	struct asked_port items[ASKED_PORTS_MAX];
	size_t count;
	struct port_set plain; /* the other arguments' ports */
	bool has_plain; /* `plain` is not empty */
	bool wants_tcp; /* by option or default, for ports without a protocol */
	bool wants_udp;
};

/* Whether the listener was requested. */
bool asked_ports_want(const struct asked_ports *asked, const struct listener *listener);

#endif
