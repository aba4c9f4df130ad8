/*
 * Rows as pf-render has them, from lines.
 */
#ifndef PF_ROWS_TOLD_H
#define PF_ROWS_TOLD_H

#include <stdio.h>

#include "rows.h"
#include "unit.h"

/* One line of a process; `more` begins with a comma, or is empty. */
#define HELD(address, port, pid, more)                                                             \
	"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"" address "\",\"port\":" port        \
	",\"pid\":" pid ",\"uid\":0,\"command\":\"node\",\"user\":\"root\"" more "}\n"

/* Sorted, with what is needed of details. To be released. */
static inline struct rows rows_of(const char *lines, enum keep keep)
{
	struct rows rows = {.keep = keep};
	FILE *file = tmpfile();
	struct listener_input input = {0};

	assert_non_null(file);
	assert_int_equal(fwrite(lines, 1, strlen(lines), file), strlen(lines));
	rewind(file);
	input.reader.fd = fileno(file);
	assert_int_equal(rows_read(&rows, &input), 0);
	assert_false(input.has_error);
	rows_sort(&rows);
	listener_input_release(&input);
	fclose(file);
	return rows;
}

#endif
