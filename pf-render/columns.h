/*
 * The columns of the table: each is one row of columns.c. Pure.
 */
#ifndef PF_COLUMNS_H
#define PF_COLUMNS_H

#include "stream/details.h"

/* What the cells of one row are made from; `details` is NULL for columns that don't need them. */
struct cells {
	const struct listener *listener;
	const struct details *details;
	size_t more_sockets; /* as in struct row */
};

struct column {
	const char *heading;
	/* Whether this row is a reason to show the column; NULL: the column is always shown. */
	bool (*has_reason)(const struct cells *cells);
	/* Appends the cell, never empty and safe for a terminal. Returns 0 or -ENOMEM. */
	int (*append)(struct buffer *text, const struct cells *cells);
	bool needs_details; /* these come last; shown with --wide only */
	bool shrinks_first; /* on a narrow terminal, its cells are cut before lines are */
};

enum { COLUMNS_MAX = 32 };

extern const struct column columns[];
extern const size_t column_count; /* at most COLUMNS_MAX */

/* Sets bit 1 << INDEX of *reasons for each column that `cells` is a reason to show. */
void columns_find_reasons(const struct cells *cells, unsigned *reasons);

/* Appends the cells of the columns that need details, each followed by a NUL. 0 or -ENOMEM. */
int columns_append_details(struct buffer *text, const struct cells *cells);

#endif
