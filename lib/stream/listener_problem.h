/*
 * What is wrong with a line, in the same words for each of its keys.
 */
#ifndef PF_LISTENER_PROBLEM_H
#define PF_LISTENER_PROBLEM_H

#include "stream/listener.h"

/* Both return -EINVAL. */
__attribute__((format(PF_PRINTF, 2, 3))) int listener_problem_say(
	struct listener_problem *ret_problem, const char *format, ...);

/*
 * Says that a value is wrong, and what it must be ("a string or null"). A value that is
 * short is quoted; NULL is said to be missing. A key within another is called "unit.name".
 */
int listener_problem_with_value(struct listener_problem *ret_problem, const char *key,
	const json_t *value, const char *wanted);

#endif
