/*
 * Which ancestor of a holder decides what happens when the holder ends; pure.
 */
#ifndef PF_RESTARTER_H
#define PF_RESTARTER_H

#include "os/process_facts.h"
#include "role.h"

struct restarter {
	struct role role; /* of the nearest ancestor whose role is known */
	size_t decisive; /* its index; the number of processes if there is none */
	/* The topmost process running the holder's own program, such as a worker's master. */
	size_t top;
	/*
	 * The decisive ancestor is an init, which has adopted the process below it: its parent has
	 * ended. systemd also adopts processes: see remedy_unit.c.
	 */
	bool is_adopted;
};

/* `ancestors` begins with the holder itself, followed by its parent, and so on. */
struct restarter restarter_find(const struct process_facts *const ancestors[], size_t count);

/* What the process runs: views of its facts. */
struct program process_program(const struct process_facts *facts);

/*
 * Whether the process was adopted, judged by its session: whoever starts a process for pid 1 gives
 * it a session of its own (setsid(2)), whose leader it is.
 */
bool process_has_foreign_session(const struct process_facts *facts);

#endif
