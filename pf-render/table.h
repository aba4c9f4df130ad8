/*
 * The table for a person: PORT, PROTO where a row isn't TCP, PID, COMMAND, USER
 * where a row has one, ADDRESS. Pure: rows in, text out.
 */
#ifndef PF_TABLE_H
#define PF_TABLE_H

#include "rows.h"

struct table_style {
	bool has_header;
	bool has_color;
};

/* Appends the table; nothing at all where there are no rows. Returns 0 or -ENOMEM. */
int table_append(struct buffer *text, const struct rows *rows, const struct table_style *style);

#endif
