/*
 * docker-proxy, which holds a port that a container publishes and passes on to it what
 * comes there: its arguments, pure. They are those that dockerd starts it with (moby's
 * cmd/docker-proxy), read as Go's package flag reads them.
 */
#ifndef PF_DOCKER_PROXY_H
#define PF_DOCKER_PROXY_H

#include <stdint.h>

#include "base/bytes.h"

/* Views of the arguments. */
struct docker_proxy {
	struct bytes container_address;
	uint16_t container_port;
};

/*
 * Whether a process is one that holds ports for one container, which it isn't in, by its name
 * and its arguments, a NUL behind each. *ret_runtime is then whose it is: a constant, "docker"
 * or "podman". Those that hold the ports of all containers are none: RootlessKit, Docker
 * Desktop's com.docker.backend, OrbStack, gvproxy.
 */
bool docker_proxy_is(struct bytes command, struct bytes arguments, const char **ret_runtime);

/*
 * Where docker-proxy passes on to. Returns 0, or -EINVAL where the arguments don't tell that:
 * podman's never do.
 */
int docker_proxy_parse(struct bytes arguments, struct docker_proxy *ret_proxy);

#endif
