/*
 * A map from a process's pid and identity to what is known about it.
 */
#ifndef PF_PROCESS_MAP_H
#define PF_PROCESS_MAP_H

#include <stddef.h>
#include <stdint.h>

struct process_map_slot {
	int64_t pid;
	int64_t identity;
	void *value; /* NULL: a free slot */
};

/* Starts from {0}; the owner calls process_map_release(), which leaves the values alone. */
struct process_map {
	struct process_map_slot *slots; /* a hash table, at most half full */
	size_t capacity; /* of `slots`, a power of two */
	size_t count;
};

/* Sets or replaces the value of a process; it must not be NULL. Returns 0 or -ENOMEM. */
int process_map_put(struct process_map *map, int64_t pid, int64_t identity, void *value);

/* NULL: there is none. */
void *process_map_find(const struct process_map *map, int64_t pid, int64_t identity);

void process_map_release(struct process_map *map);

#endif
