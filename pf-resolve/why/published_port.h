/*
 * Ports that containers publish, as docker and podman list them; pure. Facts from:
 * - docker's cli/command/formatter/container.go, DisplayablePorts(), the column PORTS of
 *   `docker ps`: "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp". Adjacent
 *   ports that keep their numbers form a range, "0.0.0.0:8000-8005->8000-8005/tcp"; an entry
 *   without an arrow is not published. Before version 28, IPv6 has no brackets.
 * - podman's cmd/podman/containers/ps.go, portsToString(), which prints the same, never
 *   with brackets, and also ranges with different numbers: "0.0.0.0:8000-8002->9000-9002/tcp".
 * - containers/common's libnetwork/types, PortMapping, the array "Ports" of
 *   `podman ps --format json`: host_ip (empty: all addresses), host_port, container_port,
 *   range (how many), protocol ("tcp", or several: "tcp,udp"). Before version 4 the keys are
 *   hostIP, hostPort and containerPort, and there are no ranges.
 */
#ifndef PF_PUBLISHED_PORT_H
#define PF_PUBLISHED_PORT_H

#include "stream/listener.h"

/* One port, or several consecutive ones. */
struct published_port {
	enum listener_proto proto;
	bool is_everywhere; /* on every address of both families */
	struct address address; /* otherwise on this one */
	uint16_t host_port; /* the first one; never 0 */
	uint16_t container_port; /* the port inside; likewise */
	uint16_t count;
};

/* Start from {0}; the owner calls published_ports_release(). */
struct published_ports {
	struct published_port *items;
	size_t count;
	size_t capacity;
};

/* Add the ports in a text, or in a JSON array, and skip everything else. Return 0 or -ENOMEM. */
int published_ports_read(struct published_ports *ports, struct bytes text);
int published_ports_read_array(struct published_ports *ports, const json_t *array);

/* How well a published port matches a socket. */
enum published_match {
	PUBLISHED_NOT,
	PUBLISHED_EVERYWHERE, /* by its wildcard address */
	PUBLISHED_EXACTLY,
};

enum published_match published_port_match(const struct published_port *port,
	enum listener_proto proto, const struct address *address, uint16_t number);

void published_ports_release(struct published_ports *ports);

#endif
