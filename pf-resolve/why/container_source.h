/*
 * What docker and podman know about containers. Failures are reported here, on stderr, but not that
 * a program is not on PATH.
 *
 * They know what they would stop: docker the containers of the daemon that its context or
 * DOCKER_HOST names, podman those of the user who asks.
 */
#ifndef PF_CONTAINER_SOURCE_H
#define PF_CONTAINER_SOURCE_H

#include "container_list.h"

/*
 * Adds the running containers with their published ports, as `runtime` lists them: "docker" or
 * "podman"; NULL: docker, or podman if there is no docker, and *ret_runtime is which. Returns 0;
 * -ENOENT if there is no such program; -ENOMEM; or another negative errno, already reported.
 */
int container_source_list(
	const char *runtime, struct container_list *list, const char **ret_runtime);

/*
 * True if this user may ask docker's daemon (as in group docker), which then may know who publishes
 * a port whose holder is hidden. Where there is no daemon, nobody asked for docker.
 */
bool container_source_has_docker(void);

/* At most as many in one run: Windows' command lines end at 32 KiB. */
enum { CONTAINER_SOURCE_IDS_MAX = 400 };

/*
 * Adds the containers with these ids, and their restart policies; those that `runtime` doesn't know
 * are omitted. Returns as container_source_list() does; those that were printed before a failure
 * are there.
 */
int container_source_inspect(
	const char *runtime, const struct bytes *ids, size_t count, struct container_list *list);

#endif
