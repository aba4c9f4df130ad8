/*
 * Containers, as docker and podman list them; pure. Facts from docker-ps(1), docker-inspect(1),
 * podman-ps(1), podman-inspect(1), and the sources named in published_port.h.
 */
#ifndef PF_CONTAINER_LIST_H
#define PF_CONTAINER_LIST_H

#include "published_port.h"

/* What starts another container if this one is stopped. */
enum container_keeper {
	KEEPER_NONE, /* nothing known but its restart policy */
	KEEPER_SWARM,
	KEEPER_NOMAD,
	KEEPER_KUBERNETES,
};

struct listed_container {
	struct buffer id; /* 12 to 64 hexadecimal digits */
	/* As its runtime accepts it, only letters, digits and _.-; empty: unknown. */
	struct buffer name;
	/* "no", "always", "unless-stopped", "on-failure"; empty: unknown. */
	struct buffer restart_policy;
	int64_t pid; /* of its first process; 0: not running, or unknown */
	enum container_keeper keeper;
	struct buffer unit; /* the systemd unit that runs it, valid for systemctl; empty: none */
	struct buffer pod; /* podman's, which has the ports of its containers; empty: none */
	struct published_ports ports;
};

/* Start from {0}; the owner calls container_list_release(). */
struct container_list {
	struct listed_container *items; /* sorted by id */
	size_t count;
	size_t capacity;
};

/* Whether it is the id of a container, whole or as its runtime shortens it. */
bool container_id_is_valid(struct bytes id);

/*
 * Adds the containers in the output of `docker ps --no-trunc --format json`, one object per line
 * with ID, Names ("web,shop/db": the second is a link from another container), Ports and Labels
 * ("a=b,c=d"); or of `podman ps --pod --no-trunc --format json`, an array of objects with Id,
 * PodName, the arrays Names and Ports, and the object Labels. A line, a container or a member that
 * isn't understood is skipped. Returns 0 or -ENOMEM.
 */
int container_list_read(struct container_list *list, struct bytes text);

/*
 * Adds the containers of lines of JSON values: id, name, restart policy, pid, labels, and for
 * podman the id of the pod, as `inspect --format` prints them for these formats. The leading '/' of
 * docker's names is dropped. Returns 0 or -ENOMEM.
 */
int container_list_read_inspected(struct container_list *list, struct bytes text);

/* Both tools know .ID, podman no .Id. */
#define CONTAINER_INSPECT_FORMAT                                                                   \
	"{{json .ID}} {{json .Name}} {{json .HostConfig.RestartPolicy.Name}} "                     \
	"{{json .State.Pid}} {{json .Config.Labels}}"
#define PODMAN_INSPECT_FORMAT CONTAINER_INSPECT_FORMAT " {{json .Pod}}"

/*
 * The container with an id; NULL: there is none. Either the id or all those in the list may be
 * shortened.
 */
const struct listed_container *container_list_find(
	const struct container_list *list, struct bytes id);

/*
 * The container that publishes the port; NULL: there is none. *ret_container_port is the port
 * inside the container.
 */
const struct listed_container *container_list_find_published(const struct container_list *list,
	enum listener_proto proto, const struct address *address, uint16_t port,
	uint16_t *ret_container_port);

void container_list_release(struct container_list *list);

#endif
