/*
 * An explanation per process: what it holds, why it runs, and how to free its ports. Pure: rows in,
 * text out.
 */
#ifndef PF_EXPLANATION_H
#define PF_EXPLANATION_H

#include "rows.h"

struct explanation_style {
	bool has_color;
	struct bytes home; /* abbreviated as ~ in paths; data NULL: nothing is */
	size_t columns; /* of the terminal, to which lines are folded; 0: they stay whole */
	const char *unhiding; /* why holders are hidden, or what would help */
};

/*
 * Appends the explanations in the order of their first sockets. The rows must have been read with
 * KEEP_DETAILS and sorted. Of several lines of one process, the first with valid details is used.
 * Returns 0 or -ENOMEM.
 */
int explanations_append(
	struct buffer *text, const struct rows *rows, const struct explanation_style *style);

#endif
