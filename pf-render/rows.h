/*
 * All listeners of a stream, sorted: the one stage that has to hold them all,
 * so of each it holds as little as it can.
 */
#ifndef PF_ROWS_H
#define PF_ROWS_H

#include "stream/details.h"
#include "stream/listener_input.h"

enum keep {
	KEEP_NAMES, /* for a table */
	KEEP_LINES, /* for JSON: `line` as it was read; no names */
	KEEP_DETAILS, /* for what tells of details: both; what is wrong with these is said */
};

struct row {
	struct listener listener; /* its texts live in `memory` */
	struct bytes line; /* likewise */
	bool has_wrong_details; /* with KEEP_DETAILS: a key of them has a wrong value */
	size_t place; /* in the stream */
	char *memory;
};

/* Start from {.keep = …}; the owner calls rows_release(). */
struct rows {
	enum keep keep;
	struct row *items;
	size_t count;
	size_t capacity;
};

/* Reads the whole stream. Returns 0 or -ENOMEM. */
int rows_read(struct rows *rows, struct listener_input *input);

/* Sorts as listener_compare() says; equal ones keep their order. */
void rows_sort(struct rows *rows);

/*
 * Reads a row's details, which tell nothing where a value is wrong. To be released.
 * Returns 0 or -ENOMEM.
 */
int row_details(const struct row *row, struct details *ret_details);

void rows_release(struct rows *rows);

#endif
