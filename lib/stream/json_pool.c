#include "stream/json_pool.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { POOL_SIZE = 32 * 1024 };

/* Static, because jansson passes its allocator no context. */
static struct {
	_Alignas(max_align_t) char memory[POOL_SIZE];
	size_t used;
	size_t pieces; /* not freed yet */
} pool;

static void *pool_allocate(size_t size)
{
	size_t aligned = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
	void *piece = pool.memory + pool.used;

	if (aligned < size || aligned > POOL_SIZE - pool.used)
		return malloc(size);
	pool.used += aligned;
	pool.pieces++;
	return piece;
}

static void pool_free(void *piece)
{
	uintptr_t at = (uintptr_t)piece;
	uintptr_t start = (uintptr_t)pool.memory;

	if (at < start || at >= start + POOL_SIZE) {
		free(piece);
		return;
	}
	pool.pieces--;
	if (pool.pieces == 0)
		pool.used = 0;
}

void json_pool_use(void)
{
	json_set_alloc_funcs(pool_allocate, pool_free);
}
