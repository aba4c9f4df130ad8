/*
 * The listening sockets that are wanted, in the order found, and by inode.
 */
#ifndef PF_SOCKETS_H
#define PF_SOCKETS_H

#include "proc_net.h"

struct socket {
	enum listener_proto proto;
	struct proc_net_row row;
	size_t holder_count;
};

/* Start from {0}; the owner calls sockets_release(). */
struct sockets {
	struct socket *items;
	size_t count;
	size_t capacity;
	size_t *slots; /* a hash table of indexes plus one, by inode; 0 is a free slot */
	size_t slot_count; /* a power of two */
};

/*
 * Adds a socket, unless its inode is there already: a table that changes while
 * it is read may give a row twice. Returns 0 or -ENOMEM.
 */
int sockets_add(struct sockets *sockets, const struct socket *socket);

/* The socket with this inode, or NULL. The kernel's own, with inode 0, are never found. */
struct socket *sockets_find(const struct sockets *sockets, uint64_t inode);

/* How many sockets nobody was found to hold. */
size_t sockets_count_unheld(const struct sockets *sockets);

void sockets_release(struct sockets *sockets);

#endif
