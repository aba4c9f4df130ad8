/*
 * The columns of the table, and what stands in their cells. Pure.
 */
#ifndef PF_CELLS_H
#define PF_CELLS_H

#include "stream/details.h"

enum column {
	PORT,
	PROTO,
	PID,
	COMMAND,
	USER,
	ADDRESS,
	UPTIME, /* this and the following tell of details */
	UNIT,
	CONTAINER,
	DIRECTORY,
	COMMAND_LINE,
	COLUMN_COUNT,
};

/* One row; `details` is NULL where no column tells of them. */
struct cells {
	const struct listener *listener;
	const struct details *details;
};

const char *cell_heading(enum column column);

/* True where this row is a reason for the column to be there. */
bool cell_has_reason(const struct cells *cells, enum column column);

/* Appends the content of one cell, which is never empty. Returns 0 or -ENOMEM. */
int cell_append(struct buffer *text, const struct cells *cells, enum column column);

#endif
