/*
 * The table for people. Pure: rows in, text out.
 */
#ifndef PF_TABLE_H
#define PF_TABLE_H

#include "columns.h"
#include "rows.h"

struct table_style {
	bool has_header;
	bool has_color;
	bool is_wide; /* the rows must have been read with KEEP_CELLS */
	size_t columns; /* of the terminal, to which lines are cut; 0: no limit */
};

/* A table under construction; rows and style belong to the caller. */
struct table {
	const struct rows *rows;
	const struct table_style *style;
	size_t shown[COLUMNS_MAX]; /* the indexes of the shown columns, in order */
	size_t count; /* of shown columns */
	size_t width[COLUMNS_MAX]; /* of each shown column, in terminal columns */
	size_t width_limit[COLUMNS_MAX]; /* to which its cells are cut; 0: none */
	bool is_past_header; /* the header isn't needed, or has been appended */
	size_t next; /* the next row to append */
};

/*
 * Finds the columns and their widths. A cell wider than 256 overflows its column instead of
 * widening it. Returns 0 or -ENOMEM.
 */
int table_lay_out(
	const struct rows *rows, const struct table_style *style, struct table *ret_table);

/*
 * Appends the next line of the table; an empty table has none. Returns 1, 0 at the end, or -ENOMEM.
 */
int table_append_line(struct table *table, struct buffer *text);

#endif
