/*
 * What docker, podman and systemctl know about holders.
 */
#ifndef PF_TOOL_ANSWERS_H
#define PF_TOOL_ANSWERS_H

#include "container_list.h"
#include "holder.h"
#include "unit_list.h"

enum {
	TOOL_RUNTIMES = 2, /* docker and podman */
	TOOL_MANAGERS = 2, /* the system's, and the caller's own */
};

/* The holders get views of these answers. Start from {0}; the owner releases it. */
struct tool_answers {
	struct container_list published[TOOL_RUNTIMES];
	struct container_list inspected[TOOL_RUNTIMES];
	struct buffer sockets[TOOL_MANAGERS]; /* texts of socket_units.h */
	struct unit_list *units; /* of the system's manager, and of each user's */
	size_t unit_count;
	size_t unit_capacity;
};

/*
 * Asks each program that knows more about one of the holders, once, and gives them the answers.
 * Failures are reported by the tool's source. Returns 0 or -ENOMEM.
 */
int tool_answers_ask(struct tool_answers *tools, struct process_source *source,
	struct holder *const holders[], size_t count);

void tool_answers_release(struct tool_answers *tools);

#endif
