/*
 * The table for a person: PORT, PROTO where a row isn't TCP, PID, COMMAND, USER
 * where a row has one, ADDRESS; and where it is to be wide UPTIME, UNIT, CONTAINER and
 * DIRECTORY where a row has one, COMMAND LINE. Pure: rows in, text out.
 */
#ifndef PF_TABLE_H
#define PF_TABLE_H

#include "cells.h"
#include "rows.h"

struct table_style {
	bool has_header;
	bool has_color;
	bool is_wide; /* the rows must have been read with KEEP_DETAILS */
	size_t columns; /* of the terminal, to which lines are cut; 0: they stay whole */
};

/* A table in the making, of rows and a style that stay the caller's. */
struct table {
	const struct rows *rows;
	const struct table_style *style;
	bool is_shown[COLUMN_COUNT];
	enum column columns[COLUMN_COUNT]; /* those that are shown, in their order */
	size_t count; /* of these */
	size_t width[COLUMN_COUNT]; /* of a column that is shown, in terminal columns */
	bool is_headed; /* the header needn't be there, or has been appended */
	size_t next; /* the row to be appended */
};

/*
 * Finds the columns and their widths. A cell that is wider than 256 counts for none: it stands out
 * of its column. Returns 0 or -ENOMEM.
 */
int table_lay_out(
	const struct rows *rows, const struct table_style *style, struct table *ret_table);

/*
 * Appends the next line of the table, which has none where there are no rows. Returns 1; 0 at its
 * end; -ENOMEM.
 */
int table_append_line(struct table *table, struct buffer *text);

#endif
