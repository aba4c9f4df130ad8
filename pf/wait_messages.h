/*
 * Messages about a wait.
 */
#ifndef PF_WAIT_MESSAGES_H
#define PF_WAIT_MESSAGES_H

#include "wait_for_ports.h"

/* Prints one line for a terminal about what the wait is for, given the last look. */
void wait_messages_begin(const struct options *options, enum wanted wanted, struct bytes lines);

/* After a timeout: reports each holder, or each port or range, that did not meet the condition. */
void wait_messages_end(const struct options *options, enum wanted wanted, struct bytes lines,
	int64_t milliseconds);

#endif
