/*
 * All listeners of a stream, sorted. Only this stage has to keep them all in memory, so it keeps as
 * little of each as possible.
 */
#ifndef PF_ROWS_H
#define PF_ROWS_H

#include "columns.h"
#include "stream/details.h"
#include "stream/listener_input.h"

enum keep {
	KEEP_NAMES, /* for the table */
	KEEP_CELLS, /* for the wide table: also the cells that need details */
	KEEP_LINES, /* for JSON: the lines as they were read, without names */
	KEEP_DETAILS, /* for explanations: lines and names */
};

struct row {
	struct listener listener; /* its texts live in `memory` */
	struct bytes line; /* likewise */
	struct bytes cells; /* likewise: those that need details, each followed by a NUL */
	bool has_wrong_details; /* a key of the details has a wrong value; already reported */
	size_t place; /* in the stream */
	size_t more_sockets; /* that look the same, and were merged into this row */
	char *memory;
};

/* Start from {.keep = …}; the owner calls rows_release(). */
struct rows {
	enum keep keep;
	unsigned reasons; /* to show columns, as columns_find_reasons() sets them */
	struct row *items;
	size_t count;
	size_t capacity;
};

/* Reads the whole stream. Returns 0 or -ENOMEM. */
int rows_read(struct rows *rows, struct listener_input *input);

/* Sorts by listener_compare(); stable. */
void rows_sort(struct rows *rows);

/*
 * Merges the rows of a process's sockets that look the same: with SO_REUSEPORT, a process may have
 * several with one address and port. The rows must be sorted.
 */
void rows_merge(struct rows *rows);

/*
 * Reads the details of a row that was kept with KEEP_DETAILS; they are empty if a value is
 * wrong. The caller releases them. Returns 0 or -ENOMEM.
 */
int row_details(const struct row *row, struct details *ret_details);

void rows_release(struct rows *rows);

#endif
