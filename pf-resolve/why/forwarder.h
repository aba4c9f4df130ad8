/*
 * docker-proxy, which holds a port that a container publishes and passes on to it what
 * comes there: its arguments, pure. They are those that dockerd starts it with (moby's
 * cmd/docker-proxy), read as Go's package flag reads them.
 */
#ifndef PF_FORWARDER_H
#define PF_FORWARDER_H

#include <stdint.h>

#include "base/bytes.h"

/* Views of the arguments. */
struct forwarder_target {
	struct bytes container_address;
	uint16_t container_port;
};

/*
 * Whether a process is one that holds ports for one container, which it isn't in, by its name
 * and its arguments, a NUL behind each. *ret_runtime is then whose it is: a constant, "docker"
 * or "podman". Those that hold the ports of all containers are none: RootlessKit, Docker
 * Desktop's com.docker.backend, OrbStack, gvproxy.
 */
bool forwarder_is(struct bytes command, struct bytes arguments, const char **ret_runtime);

/*
 * Where docker-proxy passes on to. Returns 0, or -EINVAL where the arguments don't tell that:
 * podman's never do.
 */
int forwarder_parse(struct bytes arguments, struct forwarder_target *ret_proxy);

#endif
