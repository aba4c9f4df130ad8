/*
 * Containers, as docker and podman list them; pure. Facts from docker-ps(1),
 * docker-inspect(1), podman-ps(1), podman-inspect(1), and the sources that
 * published_port.h names.
 */
#ifndef PF_CONTAINER_LIST_H
#define PF_CONTAINER_LIST_H

#include "published_port.h"

struct listed_container {
	struct buffer id; /* 12 to 64 hexadecimal digits */
	/* As its runtime takes it, letters, digits and _.- only; empty: not known. */
	struct buffer name;
	/* "no", "always", "unless-stopped", "on-failure"; empty: not known. */
	struct buffer restart_policy;
	int64_t pid; /* of its first process; 0: it doesn't run, or that is not known */
	struct published_ports ports;
};

/* Start from {0}; the owner calls container_list_release(). */
struct container_list {
	struct listed_container *items; /* by their ids */
	size_t count;
	size_t capacity;
};

/* What is the id of a container, whole or as its runtime shortens it. */
bool container_id_is_valid(struct bytes id);

/*
 * Adds the containers of what `docker ps --no-trunc --format json` prints, an object on each
 * line with ID, Names ("web,shop/db": the second is a link of another container to it) and
 * Ports; or of what `podman ps --no-trunc --format json` does, an array of objects with
 * Id, Names and Ports, which are arrays. What can't be understood is passed over, be it a
 * line, a container, or one of its members. 0 or -ENOMEM.
 */
int container_list_read(struct container_list *list, struct bytes text);

/*
 * Adds the containers of lines of four JSON values each: id, name, restart policy, pid, such
 * as both tools' `inspect --format` prints for CONTAINER_INSPECT_FORMAT. docker's names begin
 * with a '/', and are given without. 0 or -ENOMEM.
 */
int container_list_read_inspected(struct container_list *list, struct bytes text);

#define CONTAINER_INSPECT_FORMAT                                                                   \
	"{{json .Id}} {{json .Name}} {{json .HostConfig.RestartPolicy.Name}} {{json .State.Pid}}"

/*
 * The container with an id, which may be shortened, or those of the list all are; NULL: there is
 * none.
 */
const struct listed_container *container_list_find(
	const struct container_list *list, struct bytes id);

/*
 * The container that publishes the port; NULL: there is none. *ret_container_port is
 * where it leads to in there.
 */
const struct listed_container *container_list_find_published(const struct container_list *list,
	enum listener_proto proto, const struct address *address, uint16_t port,
	uint16_t *ret_container_port);

void container_list_release(struct container_list *list);

#endif
