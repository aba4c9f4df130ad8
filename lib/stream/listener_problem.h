/*
 * Fills in struct listener_problem, with the same wording for every key.
 */
#ifndef PF_LISTENER_PROBLEM_H
#define PF_LISTENER_PROBLEM_H

#include "stream/listener.h"

/* Both return -EINVAL. */
__attribute__((format(PF_PRINTF, 2, 3))) int listener_problem_set(
	struct listener_problem *ret_problem, const char *format, ...);

/*
 * Describes a wrong value (NULL: missing) and what it must be, such as "a string or null". A
 * short value is quoted. `key` is a path if the key is nested: "unit.name".
 */
int listener_problem_set_value(struct listener_problem *ret_problem, const char *key,
	const json_t *value, const char *wanted);

#endif
