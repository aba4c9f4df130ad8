#include "table.h"

#include <errno.h>

#include "base/text.h"
#include "clip.h"
#include "sgr.h"

/* A wider cell would pad all others in its column, so it overflows instead. */
enum { COLUMN_WIDTH_MAX = 256 };

/* The next cell of a row, or of the header if `row` is NULL. `rest` has the row's kept cells. */
static int append_cell(
	struct buffer *text, const struct row *row, const struct column *column, struct bytes *rest)
{
	const struct cells cells = {.listener = row ? &row->listener : NULL,
		.more_sockets = row ? row->more_sockets : 0};
	struct bytes kept;

	if (!row)
		return buffer_append_text(text, column->heading);
	if (!column->needs_details)
		return column->append(text, &cells);
	kept = rest->data ? bytes_cut(rest, '\0') : bytes_of("-");
	return buffer_append(text, kept.data, kept.length);
}

/* Calls `step` for each shown cell of a row, with the cell at the end of the text. */
static int for_each_cell(struct table *table, const struct row *row, struct buffer *text,
	int (*step)(struct table *table, size_t place, struct buffer *text, size_t start))
{
	struct bytes rest = row ? row->cells : (struct bytes){0};
	size_t place = 0;
	int error = 0;

	for (size_t i = 0; i < column_count && !error; i++) {
		size_t start = text->length;
		bool is_shown = place < table->count && table->shown[place] == i;

		if (!is_shown && !(columns[i].needs_details && rest.data))
			continue;
		error = append_cell(text, row, &columns[i], &rest);
		if (!is_shown)
			text->length = start;
		else if (!error)
			error = step(table, place++, text, start);
	}
	return error;
}

static int widen(struct table *table, size_t place, struct buffer *text, size_t start)
{
	size_t width = text_width(bytes_skip(buffer_bytes(text), start));

	if (width > table->width[place] && width <= COLUMN_WIDTH_MAX)
		table->width[place] = width;
	text->length = start;
	return 0;
}

/* The last column is not padded: no line ends in spaces. */
static int pad(struct table *table, size_t place, struct buffer *text, size_t start)
{
	size_t width;

	if (table->width_limit[place] && clip_front(text, start, table->width_limit[place]))
		return -ENOMEM;
	if (place + 1 == table->count)
		return 0;
	width = text_width(bytes_skip(buffer_bytes(text), start));
	return buffer_append_blanks(
		text, (width < table->width[place] ? table->width[place] - width : 0) + 2);
}

/* Appends one line; the header if `row` is NULL. */
static int append_line(struct table *table, const struct row *row, struct buffer *text)
{
	bool is_bold = !row && table->style->has_color;
	int error = is_bold ? buffer_append_text(text, SGR_BOLD) : 0;
	size_t line = text->length;

	if (!error)
		error = for_each_cell(table, row, text, pad);
	if (!error && table->style->columns)
		error = clip(text, line, table->style->columns);
	if (!error && is_bold)
		error = buffer_append_text(text, SGR_PLAIN);
	return error ? error : buffer_append_byte(text, '\n');
}

/* Narrows the columns that shrink first, so that lines fit the terminal if possible. */
static void narrow(struct table *table)
{
	enum { WIDTH_MIN = 12 };
	size_t total = 0;

	for (size_t i = 0; i < table->count; i++)
		total += table->width[i] + (i ? 2 : 0);
	for (size_t i = 0; i < table->count && total > table->style->columns; i++) {
		size_t excess = total - table->style->columns;
		size_t width = table->width[i];

		if (!columns[table->shown[i]].shrinks_first || width <= WIDTH_MIN)
			continue;
		table->width_limit[i] = excess < width - WIDTH_MIN ? width - excess : WIDTH_MIN;
		table->width[i] = table->width_limit[i];
		total -= width - table->width_limit[i];
	}
}

int table_lay_out(const struct rows *rows, const struct table_style *style, struct table *ret_table)
{
	struct table table = {.rows = rows,
		.style = style,
		.is_past_header = !style->has_header || rows->count == 0};
	struct buffer scratch = {0};
	int error = 0;

	for (size_t i = 0; i < column_count; i++)
		if (rows->reasons & 1U << i && (style->is_wide || !columns[i].needs_details))
			table.shown[table.count++] = i;
	if (style->has_header)
		error = for_each_cell(&table, NULL, &scratch, widen);
	for (size_t i = 0; i < rows->count && !error; i++)
		error = for_each_cell(&table, &rows->items[i], &scratch, widen);
	buffer_release(&scratch);
	if (style->columns)
		narrow(&table);
	if (!error)
		*ret_table = table;
	return error;
}

int table_append_line(struct table *table, struct buffer *text)
{
	size_t before = text->length;
	int error;

	if (table->is_past_header && table->next == table->rows->count)
		return 0;
	error = append_line(
		table, table->is_past_header ? &table->rows->items[table->next] : NULL, text);
	if (error) {
		text->length = before;
		return error;
	}
	table->next += table->is_past_header;
	table->is_past_header = true;
	return 1;
}
