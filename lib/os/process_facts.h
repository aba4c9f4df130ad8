/*
 * How a process was started: when, by which parent and with which arguments.
 */
#ifndef PF_PROCESS_FACTS_H
#define PF_PROCESS_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

/* A text without data is unknown. The owner calls process_facts_release(). */
struct process_facts {
	int64_t pid;
	int64_t parent; /* -1: not visible */
	int64_t uid; /* the effective one; -1: unknown */
	int64_t group; /* of processes, and the session, by their leaders' pids; 0: unknown */
	int64_t session;
	bool is_stopped; /* by a signal: Ctrl-Z, SIGSTOP, or a tracer */
	int64_t start_ticks; /* as from os_process_start_ticks() */
	int64_t start_time; /* Unix seconds; -1: unknown */
	int64_t uptime; /* seconds since its start; -1: unknown */
	struct buffer command; /* the name of the program */
	struct buffer arguments; /* each followed by a NUL */
	struct buffer executable; /* a path */
	struct buffer directory; /* the current working directory */
	struct buffer cgroup; /* the text of /proc/PID/cgroup, cgroups(7) */
};

void process_facts_release(struct process_facts *facts);

#endif
