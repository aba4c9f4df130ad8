#include "cli/malformed_lines.h"

#include "cli/diag.h"

void malformed_lines_report(struct malformed_lines *lines, size_t line_number, const char *why)
{
	enum { REPORTED_MAX = 5 };

	lines->count++;
	if (lines->is_quiet || lines->count > REPORTED_MAX + 1)
		return;
	if (lines->count <= REPORTED_MAX)
		diag("%s%s: line %zu: %s", lines->root, lines->name, line_number, why);
	else
		diag("%s%s: more such lines follow", lines->root, lines->name);
}
