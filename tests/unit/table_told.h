/*
 * A whole table, as pf-render writes it line by line.
 */
#ifndef PF_TABLE_TOLD_H
#define PF_TABLE_TOLD_H

#include "table.h"
#include "unit.h"

static inline void append_table(
	struct buffer *text, const struct rows *rows, const struct table_style *style)
{
	struct table table;
	int status;

	assert_int_equal(table_lay_out(rows, style, &table), 0);
	do
		status = table_append_line(&table, text);
	while (status > 0);
	assert_int_equal(status, 0);
}

#endif
