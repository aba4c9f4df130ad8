/*
 * The holders of ports in resolved lines, for pf's own messages. Pure.
 */
#ifndef PF_PORT_HOLDERS_H
#define PF_PORT_HOLDERS_H

#include "stream/listener.h"

enum { HOLDER_NAME_MAX = 320 };

/* A process on a port, whichever address families it uses. */
struct port_holder {
	unsigned port;
	enum listener_proto proto;
	int64_t pid; /* or LISTENER_NONE */
	int64_t pid_start; /* likewise */
	int64_t inode; /* of one of its sockets; or LISTENER_NONE */
	struct bytes line; /* its first: a view into the lines */
};

/* Each once, by port, protocol and pid. The owner calls port_holders_release(). */
struct port_holders {
	struct port_holder *items;
	size_t count;
	size_t capacity;
};

/*
 * Skips malformed lines: pf-render reports them. Returns 0 or -ENOMEM; the caller releases
 * *ret_holders in either case.
 */
int port_holders_read(struct bytes lines, struct port_holders *ret_holders);

/* Whether the same process is among them, on the same port and protocol. */
bool port_holders_have(const struct port_holders *holders, const struct port_holder *holder);

/* Whether one of them holds the same socket. */
bool port_holders_have_socket(const struct port_holders *holders, const struct port_holder *holder);

/* Whether something listens on one of the ports from `low` to `high`. */
bool port_holders_are_on(const struct port_holders *holders, unsigned low, unsigned high);

/* "node (12345)", "process 12345" or "a hidden process"; returns ret_name. */
const char *port_holder_name(const struct port_holder *holder, char ret_name[HOLDER_NAME_MAX]);

void port_holders_release(struct port_holders *holders);

#endif
