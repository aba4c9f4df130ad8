/*
 * For each process a story: what it holds, why it runs, and how to free its ports. Pure:
 * rows in, text out.
 */
#ifndef PF_STORY_H
#define PF_STORY_H

#include "rows.h"

struct story_style {
	bool has_color;
	struct bytes home; /* shown as ~ in front of a path; data NULL: no directory is */
	size_t columns; /* of the terminal, to which lines are folded; 0: they stay whole */
	const char *unhiding; /* of hidden holders: why they are, or what would help */
};

/*
 * Appends the stories in the order of their first sockets, for rows that were read with
 * KEEP_DETAILS and sorted. Of several lines of one process, the first whose details are
 * not wrong tells them. Returns 0 or -ENOMEM.
 */
int stories_append(struct buffer *text, const struct rows *rows, const struct story_style *style);

#endif
