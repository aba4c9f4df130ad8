/*
 * The wanted listening sockets, by inode.
 */
#ifndef PF_SOCKETS_H
#define PF_SOCKETS_H

#include "socket_row.h"

struct socket {
	enum listener_proto proto;
	struct socket_row row;
	size_t number; /* in the order found */
	size_t holder_count;
};

/* Start from {0}; the owner calls sockets_release(). */
struct sockets {
	struct socket *items;
	size_t count;
	size_t capacity;
};

/* Adds a socket. Call sockets_sort() before finding any. Returns 0 or -ENOMEM. */
int sockets_add(struct sockets *sockets, const struct socket *socket);

/*
 * Sorts by inode, and drops duplicates (same inode, protocol, address and port), which a table may
 * have if it changes while it is read. The kernel's own, with inode 0, are all kept.
 */
void sockets_sort(struct sockets *sockets);

/* The most sockets that are found for one inode; only a forged table has more. */
enum { SOCKETS_SAME_INODE_MAX = 16 };

/*
 * The sockets with this inode, adjacent. Usually there is one, but the kernel's 32-bit inodes wrap
 * around. Returns their number; *ret_first is untouched if it is 0. The kernel's own are never
 * found.
 */
size_t sockets_find(const struct sockets *sockets, uint64_t inode, struct socket **ret_first);

/* Whether this row is among them. For the kernel's own, any with the same address counts. */
bool sockets_have(const struct sockets *sockets, const struct socket *socket);

/* Sorts by number, as they were found. sockets_find() and sockets_have() no longer work. */
void sockets_sort_by_number(struct sockets *sockets);

/* The number of sockets without a known holder. */
size_t sockets_count_unheld(const struct sockets *sockets);

void sockets_release(struct sockets *sockets);

#endif
