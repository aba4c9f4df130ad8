/*
 * Growing arrays: the owner keeps the pointer, the count and the capacity.
 */
#ifndef PF_ARRAY_H
#define PF_ARRAY_H

#include <stddef.h>
#include <stdlib.h>

/*
 * Makes room for one more item after `count`. Returns the items, which may have moved, and updates
 * *capacity. Returns NULL if out of memory; the items are then unchanged.
 */
static inline void *array_reserve(void *items, size_t count, size_t *capacity, size_t item_size)
{
	size_t larger = *capacity ? *capacity * 2 : 32;
	void *moved;

	if (count < *capacity)
		return items;
	moved = realloc(items, larger * item_size);
	if (moved)
		*capacity = larger;
	return moved;
}

#endif
