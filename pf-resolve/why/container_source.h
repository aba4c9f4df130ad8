/*
 * What docker and podman tell of containers. This is the edge: what goes wrong is said
 * here, on stderr; where a program is not on PATH, nothing is.
 *
 * They tell of what they themselves would stop: docker of the daemon that its context or
 * DOCKER_HOST names, podman of the containers of the user who asks.
 */
#ifndef PF_CONTAINER_SOURCE_H
#define PF_CONTAINER_SOURCE_H

#include "container_list.h"

/*
 * Adds the containers that run, with the ports that they publish, as `runtime` lists them:
 * "docker" or "podman"; NULL: docker, or where that is not there podman, and *ret_runtime is
 * which. Returns 0; -ENOENT where there is no such program; -ENOMEM; or another negative
 * errno, of which all is said.
 */
int container_source_list(
	const char *runtime, struct container_list *list, const char **ret_runtime);

/* More than these are not asked for in one run: Windows' command lines end at 32 KiB. */
enum { CONTAINER_SOURCE_IDS_MAX = 400 };

/*
 * Adds the containers with these ids, and their restart policies, as `runtime` knows them:
 * those that it doesn't know are left out. Returns as container_source_list() does; of many, those
 * that it had told of before it failed are there.
 */
int container_source_inspect(
	const char *runtime, const struct bytes *ids, size_t count, struct container_list *list);

#endif
