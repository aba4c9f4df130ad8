/*
 * Programs that hold a port for one container and forward to it, such as docker-proxy; pure. The
 * arguments of docker-proxy are those dockerd starts it with (moby's cmd/docker-proxy), in the
 * syntax of Go's package flag.
 */
#ifndef PF_FORWARDER_H
#define PF_FORWARDER_H

#include <stdint.h>

#include "base/bytes.h"

/* Views into the arguments. */
struct forwarder_target {
	struct bytes container_address;
	uint16_t container_port;
};

/*
 * Whether a process forwards to one container, which it isn't in, by its name and its arguments,
 * each followed by a NUL. *ret_runtime is then the container's runtime: a constant, "docker" or
 * "podman". Those that hold the ports of all containers are managers (manager.h).
 */
bool forwarder_is(struct bytes command, struct bytes arguments, const char **ret_runtime);

/*
 * Where docker-proxy forwards to. Returns 0, or -EINVAL if the arguments don't say so: podman's
 * never do.
 */
int forwarder_parse(struct bytes arguments, struct forwarder_target *ret_target);

#endif
