#include "processes.h"

#include <errno.h>
#include <stdlib.h>

#include "base/number.h"

/* Rows are in one array, so comparing their addresses compares their places. */
static int compare_place(const struct row *a, const struct row *b)
{
	return (a > b) - (a < b);
}

/* Each hidden holder counts as a process of its own. */
static int compare_process(const struct row *a, const struct row *b)
{
	int order = bytes_compare(a->listener.host, b->listener.host);

	if (!order)
		order = number_compare(a->listener.pid, b->listener.pid);
	if (!order)
		order = number_compare(a->listener.pid_start, b->listener.pid_start);
	return order || a->listener.pid != LISTENER_NONE ? order : compare_place(a, b);
}

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = *(const struct row *const *)left;
	const struct row *b = *(const struct row *const *)right;
	int order = compare_process(a, b);

	return order ? order : compare_place(a, b);
}

static int compare_first_rows(const void *left, const void *right)
{
	const struct process *a = left;
	const struct process *b = right;

	return compare_place(a->rows[0], b->rows[0]);
}

int processes_find(struct processes *processes, const struct rows *rows)
{
	const struct row **sorted = malloc((rows->count + 1) * sizeof(const struct row *));
	struct process *items = calloc(rows->count + 1, sizeof(*items));
	size_t count = 0;

	*processes = (struct processes){.items = items, .rows = sorted};
	if (!sorted || !items) {
		processes_release(processes);
		return -ENOMEM;
	}
	for (size_t i = 0; i < rows->count; i++)
		sorted[i] = &rows->items[i];
	qsort(sorted, rows->count, sizeof(const struct row *), compare_rows);
	for (size_t i = 0; i < rows->count; i++) {
		if (i == 0 || compare_process(sorted[i - 1], sorted[i]))
			items[count++].rows = &sorted[i];
		items[count - 1].count++;
	}
	qsort(items, count, sizeof(*items), compare_first_rows);
	processes->count = count;
	return 0;
}

void processes_release(struct processes *processes)
{
	free(processes->items);
	free(processes->rows);
	*processes = (struct processes){0};
}
