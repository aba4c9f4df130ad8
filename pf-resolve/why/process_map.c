#include "process_map.h"

#include <errno.h>
#include <stdlib.h>

#include "base/number.h"

/*
 * A forged stream could choose pids and starts that all collide. The table's address, which its
 * author can't know, makes that impossible.
 */
static size_t first_slot(const struct process_map *map, int64_t pid, int64_t identity)
{
	uint64_t seed = number_mix((uintptr_t)map->slots);
	uint64_t key = number_mix(seed ^ (uint64_t)pid);

	return (size_t)number_mix(key ^ (uint64_t)identity) & (map->capacity - 1);
}

static struct process_map_slot *find_slot(
	const struct process_map *map, int64_t pid, int64_t identity)
{
	size_t slot = first_slot(map, pid, identity);

	while (map->slots[slot].value &&
		(map->slots[slot].pid != pid || map->slots[slot].identity != identity))
		slot = (slot + 1) & (map->capacity - 1);
	return &map->slots[slot];
}

static int grow(struct process_map *map)
{
	struct process_map larger = {.capacity = map->capacity ? map->capacity * 2 : 64};

	if (map->count < map->capacity / 2)
		return 0;
	larger.count = map->count;
	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return -ENOMEM;
	for (size_t i = 0; i < map->capacity; i++)
		if (map->slots[i].value)
			*find_slot(
				&larger, map->slots[i].pid, map->slots[i].identity) = map->slots[i];
	free(map->slots);
	*map = larger;
	return 0;
}

int process_map_put(struct process_map *map, int64_t pid, int64_t identity, void *value)
{
	struct process_map_slot *slot;
	int error = grow(map);

	if (error)
		return error;
	slot = find_slot(map, pid, identity);
	map->count += !slot->value;
	*slot = (struct process_map_slot){pid, identity, value};
	return 0;
}

void *process_map_find(const struct process_map *map, int64_t pid, int64_t identity)
{
	return map->count ? find_slot(map, pid, identity)->value : NULL;
}

void process_map_release(struct process_map *map)
{
	free(map->slots);
	*map = (struct process_map){0};
}
