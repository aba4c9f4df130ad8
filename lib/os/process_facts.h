/*
 * What a process was started with and by.
 */
#ifndef PF_PROCESS_FACTS_H
#define PF_PROCESS_FACTS_H

#include <stdint.h>

#include "base/buffer.h"

/* Texts that are unknown have no data; the owner calls process_facts_release(). */
struct process_facts {
	int64_t pid;
	int64_t parent; /* -1: it can't be seen */
	int64_t start_ticks; /* as os_process_start_ticks() */
	int64_t start_time; /* seconds since 1970; -1: unknown */
	int64_t uptime; /* seconds from its start to the look; -1 */
	struct buffer command; /* its name */
	struct buffer arguments; /* a NUL behind each */
	struct buffer executable; /* a path */
	struct buffer directory; /* in which it works */
	struct buffer cgroup; /* the text of cgroups(7)' /proc/PID/cgroup */
};

void process_facts_release(struct process_facts *facts);

#endif
