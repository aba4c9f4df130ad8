#include "rows.h"

#include <errno.h>

#include "base/array.h"

/* Copies the text to *at, and moves *at behind it. */
static struct bytes keep_text(struct bytes text, char **at)
{
	struct bytes kept = {0};

	if (text.data) {
		memcpy(*at, text.data, text.length);
		kept = (struct bytes){*at, text.length};
		*at += text.length;
	}
	return kept;
}

/* A row that still refers to the line instead of copies. */
static struct row select_row(
	const struct rows *rows, const struct listener *listener, struct bytes line)
{
	struct row row = {.listener = *listener, .place = rows->count};

	if (rows->keep == KEEP_LINES || rows->keep == KEEP_DETAILS)
		row.line = line;
	if (rows->keep == KEEP_LINES) {
		row.listener.command = (struct bytes){0};
		row.listener.user = (struct bytes){0};
	}
	return row;
}

static int add_row(struct rows *rows, struct row row)
{
	struct row *items = array_reserve(
		rows->items, rows->count, &rows->capacity, sizeof(*items));
	char *at;

	if (!items)
		return -ENOMEM;
	rows->items = items;
	row.memory = malloc(row.line.length + row.cells.length + row.listener.command.length +
		row.listener.user.length + row.listener.host.length + 1);
	if (!row.memory)
		return -ENOMEM;
	at = row.memory;
	row.line = keep_text(row.line, &at);
	row.cells = keep_text(row.cells, &at);
	row.listener.command = keep_text(row.listener.command, &at);
	row.listener.user = keep_text(row.listener.user, &at);
	row.listener.host = keep_text(row.listener.host, &at);
	row.listener.document = NULL;
	rows->items[rows->count++] = row;
	return 0;
}

/* `scratch` is used for the row's cells. */
static int add_line(struct rows *rows, struct listener_input *input, struct bytes line,
	const struct listener *listener, struct buffer *scratch)
{
	bool needs_details = rows->keep == KEEP_CELLS || rows->keep == KEEP_DETAILS;
	struct row row = select_row(rows, listener, line);
	struct details details = details_none;
	struct cells cells = {
		.listener = listener, .details = rows->keep == KEEP_CELLS ? &details : NULL};
	struct listener_problem problem;
	int error = needs_details ? details_decode(line, listener, &details, &problem) : 0;

	if (error == -EINVAL) {
		listener_input_reject(input, problem.text);
		row.has_wrong_details = true;
		error = 0;
	}
	scratch->length = 0;
	if (!error && cells.details)
		error = columns_append_details(scratch, &cells);
	if (!error) {
		columns_find_reasons(&cells, &rows->reasons);
		row.cells = buffer_bytes(scratch);
		error = add_row(rows, row);
	}
	details_release(&details);
	return error;
}

int rows_read(struct rows *rows, struct listener_input *input)
{
	struct buffer scratch = {0};
	struct listener listener;
	struct bytes line;
	int error = 0;

	while (!error && listener_input_next(input, &line, &listener)) {
		error = add_line(rows, input, line, &listener, &scratch);
		listener_release(&listener);
	}
	buffer_release(&scratch);
	return error;
}

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left;
	const struct row *b = right;
	int order = listener_compare(&a->listener, &b->listener);

	return order ? order : (a->place > b->place) - (a->place < b->place);
}

void rows_sort(struct rows *rows)
{
	if (rows->count)
		qsort(rows->items, rows->count, sizeof(rows->items[0]), compare_rows);
}

/* The same line may also occur twice, as in two concatenated lists. */
static bool is_another_socket(const struct listener *a, const struct listener *b)
{
	return a->inode != LISTENER_NONE ? b->inode != LISTENER_NONE && a->inode != b->inode
					 : a->fd != b->fd;
}

void rows_merge(struct rows *rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++) {
		struct row *row = &rows->items[i];
		struct row *last = kept ? &rows->items[kept - 1] : NULL;

		if (!last || row->listener.pid == LISTENER_NONE ||
			listener_compare(&row->listener, &last->listener) ||
			!is_another_socket(&row->listener, &last->listener)) {
			rows->items[kept++] = *row;
			continue;
		}
		last->more_sockets++;
		free(row->memory);
	}
	rows->count = kept;
}

int row_details(const struct row *row, struct details *ret_details)
{
	struct listener_problem problem;

	*ret_details = details_none;
	return row->has_wrong_details ? 0 : details_decode(row->line, NULL, ret_details, &problem);
}

void rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i].memory);
	free(rows->items);
}
