#include "sockets.h"

#include <errno.h>

/* Inodes of sockets are handed out one after another: any odd factor spreads them. */
static size_t first_slot(const struct sockets *sockets, uint64_t inode)
{
	return (size_t)(inode * 0x9e3779b97f4a7c15U >> 32) & (sockets->slot_count - 1);
}

static size_t find_slot(const struct sockets *sockets, uint64_t inode)
{
	size_t slot = first_slot(sockets, inode);

	while (sockets->slots[slot] && sockets->items[sockets->slots[slot] - 1].row.inode != inode)
		slot = (slot + 1) & (sockets->slot_count - 1);
	return slot;
}

/* Makes room for one more: in the list, and in a hash table that stays half empty. */
static int grow(struct sockets *sockets)
{
	size_t capacity = sockets->capacity ? sockets->capacity * 2 : 32;
	struct socket *items;
	size_t *slots;

	if (sockets->count < sockets->capacity)
		return 0;
	items = realloc(sockets->items, capacity * sizeof(*items));
	if (!items)
		return -ENOMEM;
	sockets->items = items;
	slots = calloc(capacity * 2, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	free(sockets->slots);
	sockets->slots = slots;
	sockets->slot_count = capacity * 2;
	sockets->capacity = capacity;
	for (size_t i = 0; i < sockets->count; i++)
		if (items[i].row.inode)
			slots[find_slot(sockets, items[i].row.inode)] = i + 1;
	return 0;
}

int sockets_add(struct sockets *sockets, const struct socket *socket)
{
	int error;

	if (sockets_find(sockets, socket->row.inode))
		return 0;
	error = grow(sockets);
	if (error)
		return error;
	sockets->items[sockets->count++] = *socket;
	if (socket->row.inode)
		sockets->slots[find_slot(sockets, socket->row.inode)] = sockets->count;
	return 0;
}

struct socket *sockets_find(const struct sockets *sockets, uint64_t inode)
{
	size_t slot;

	if (inode == 0 || sockets->slot_count == 0)
		return NULL;
	slot = find_slot(sockets, inode);
	return sockets->slots[slot] ? &sockets->items[sockets->slots[slot] - 1] : NULL;
}

size_t sockets_count_unheld(const struct sockets *sockets)
{
	size_t count = 0;

	for (size_t i = 0; i < sockets->count; i++)
		count += sockets->items[i].holder_count == 0;
	return count;
}

void sockets_release(struct sockets *sockets)
{
	free(sockets->items);
	free(sockets->slots);
	*sockets = (struct sockets){0};
}
