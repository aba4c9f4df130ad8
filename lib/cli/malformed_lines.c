#include "cli/malformed_lines.h"

#include "cli/diag.h"

void malformed_lines_say(struct malformed_lines *lines, size_t line_number, const char *why)
{
	enum { IN_FULL = 5 };

	lines->count++;
	if (lines->is_quiet || lines->count > IN_FULL + 1)
		return;
	if (lines->count <= IN_FULL)
		diag("%s%s: line %zu: %s", lines->root, lines->name, line_number, why);
	else
		diag("%s%s: more such lines follow", lines->root, lines->name);
}
