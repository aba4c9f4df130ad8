/*
 * The table for a person: PORT, PROTO where a row isn't TCP, PID, COMMAND, USER
 * where a row has one, ADDRESS; and where it is to be wide UPTIME, UNIT, CONTAINER and
 * DIRECTORY where a row has one, COMMAND LINE. Pure: rows in, text out.
 */
#ifndef PF_TABLE_H
#define PF_TABLE_H

#include "rows.h"

struct table_style {
	bool has_header;
	bool has_color;
	bool is_wide; /* the rows must have been read with KEEP_DETAILS */
	size_t columns; /* of the terminal, to which lines are cut; 0: they stay whole */
};

/* Appends the table; nothing at all where there are no rows. Returns 0 or -ENOMEM. */
int table_append(struct buffer *text, const struct rows *rows, const struct table_style *style);

#endif
