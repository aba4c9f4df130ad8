#include "rows.h"

#include <errno.h>

#include "base/array.h"

/* Copies the text to *at and goes on behind it. */
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

static int add_row(struct rows *rows, const struct listener *listener, struct bytes line)
{
	const struct bytes none = {0};
	struct bytes kept_line = rows->keep == KEEP_NAMES ? none : line;
	struct bytes command = rows->keep == KEEP_LINES ? none : listener->command;
	struct bytes user = rows->keep == KEEP_LINES ? none : listener->user;
	struct row row = {.listener = *listener, .place = rows->count};
	struct row *items = array_reserve(
		rows->items, rows->count, &rows->capacity, sizeof(*items));
	char *at;

	if (!items)
		return -ENOMEM;
	rows->items = items;
	row.memory = malloc(kept_line.length + command.length + user.length + 1);
	if (!row.memory)
		return -ENOMEM;
	at = row.memory;
	row.line = keep_text(kept_line, &at);
	row.listener.command = keep_text(command, &at);
	row.listener.user = keep_text(user, &at);
	row.listener.document = NULL;
	rows->items[rows->count++] = row;
	return 0;
}

/* Says what is wrong with the details of the line that was added last. */
static int check_details(struct rows *rows, struct listener_input *input, struct bytes line)
{
	struct listener_problem problem;
	struct details details = details_none;
	int error = details_decode(line, &details, &problem);

	details_release(&details);
	if (error != -EINVAL)
		return error;
	listener_input_reject(input, problem.text);
	rows->items[rows->count - 1].has_wrong_details = true;
	return 0;
}

int rows_read(struct rows *rows, struct listener_input *input)
{
	struct listener listener;
	struct bytes line;
	int error = 0;

	while (!error && listener_input_next(input, &line, &listener)) {
		error = add_row(rows, &listener, line);
		listener_release(&listener);
		if (!error && rows->keep == KEEP_DETAILS)
			error = check_details(rows, input, line);
	}
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

int row_details(const struct row *row, struct details *ret_details)
{
	struct listener_problem problem;

	*ret_details = details_none;
	return row->has_wrong_details ? 0 : details_decode(row->line, ret_details, &problem);
}

void rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i].memory);
	free(rows->items);
}
