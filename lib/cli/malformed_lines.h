/*
 * Lines of a source that a parser has found malformed, told on stderr.
 */
#ifndef PF_MALFORMED_LINES_H
#define PF_MALFORMED_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Starts from {.root = …, .name = …}: together they say where the lines are from. */
struct malformed_lines {
	const char *root;
	const char *name;
	bool is_quiet; /* they were said before */
	size_t count;
};

/* Says what is wrong with a line, of the first few in full, and counts it. */
void malformed_lines_say(struct malformed_lines *lines, size_t line_number, const char *why);

#endif
