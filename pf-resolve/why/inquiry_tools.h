/*
 * What the programs of the machine tell of the processes that an inquiry is about.
 */
#ifndef PF_INQUIRY_TOOLS_H
#define PF_INQUIRY_TOOLS_H

#include "container_list.h"
#include "subject.h"
#include "unit_list.h"

/* Answers, which the subjects get views of. Start from {0}; the owner releases it. */
struct inquiry_tools {
	struct container_list published;
	struct container_list inspected;
	struct unit_list *units; /* those of the system's manager, and of each user's */
	size_t unit_count;
	size_t unit_capacity;
};

/*
 * Asks each program that knows more of one of the subjects, once, and gives them the
 * answers. What can't be had is said by the tool's source. Returns 0 or -ENOMEM.
 */
int inquiry_tools_ask(struct inquiry_tools *tools, struct process_source *source,
	struct subject *const subjects[], size_t count);

void inquiry_tools_release(struct inquiry_tools *tools);

#endif
