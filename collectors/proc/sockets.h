/*
 * The listening sockets that are wanted, by inode.
 */
#ifndef PF_SOCKETS_H
#define PF_SOCKETS_H

#include "proc_net.h"

struct socket {
	enum listener_proto proto;
	struct proc_net_row row;
	size_t number; /* in the order found */
	size_t holder_count;
};

/* Start from {0}; the owner calls sockets_release(). */
struct sockets {
	struct socket *items;
	size_t count;
	size_t capacity;
};

/* Adds a socket; before any is looked for, sockets_settle() is called. Returns 0 or -ENOMEM. */
int sockets_add(struct sockets *sockets, const struct socket *socket);

/*
 * Sorts them by inode, and drops rows that a table gave twice, as one that changes while it is read
 * may: those with the same inode, protocol, address and port. The kernel's own, with inode 0, all
 * stay.
 */
void sockets_settle(struct sockets *sockets);

/* Of more sockets with one inode, as only a table can have that somebody made up, some are found.
 */
enum { SOCKETS_SAME_INODE_MAX = 16 };

/*
 * The sockets with this inode, one behind the other. Mostly it is one; but the kernel hands
 * inodes of 32 bits out, and begins anew behind the last. Returns how many, and leaves
 * *ret_first alone where there is none. The kernel's own are never found.
 */
size_t sockets_find(const struct sockets *sockets, uint64_t inode, struct socket **ret_first);

/* Whether this very row is among them. Of the kernel's own any on the same address will do. */
bool sockets_have(const struct sockets *sockets, const struct socket *socket);

/* Sorts them by their numbers. Nothing is looked for any more. */
void sockets_sort_as_found(struct sockets *sockets);

/* How many sockets nobody was found to hold. */
size_t sockets_count_unheld(const struct sockets *sockets);

void sockets_release(struct sockets *sockets);

#endif
