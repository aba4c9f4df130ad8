/*
 * The targets that a stream of listeners names.
 */
#ifndef PF_TARGET_LINES_H
#define PF_TARGET_LINES_H

#include "kill/targets.h"
#include "stream/listener_input.h"

/* Reads the whole stream. Returns 0 or -ENOMEM. */
int target_lines_read(struct targets *targets, struct listener_input *input);

#endif
