/*
 * Reports malformed lines of a file or of a tool's output on stderr.
 */
#ifndef PF_MALFORMED_LINES_H
#define PF_MALFORMED_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Start from {.root = …, .name = …}, which messages show one after the other. */
struct malformed_lines {
	const char *root;
	const char *name;
	bool is_quiet; /* the lines were reported before: only count them */
	size_t count;
};

/* Counts a malformed line and reports it: the first five in full, then once that more follow. */
void malformed_lines_report(struct malformed_lines *lines, size_t line_number, const char *why);

#endif
