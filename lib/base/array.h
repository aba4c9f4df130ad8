/*
 * Growing arrays: a pointer, a count and a capacity that their owner keeps.
 */
#ifndef PF_ARRAY_H
#define PF_ARRAY_H

#include <stddef.h>
#include <stdlib.h>

/*
 * Makes room for one more item behind `count`. Returns the items, moved maybe,
 * with *capacity updated; NULL where memory is out, and the items as they were.
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
