#include "table.h"

#include "cells.h"
#include "clip.h"
#include "sgr.h"
#include "text.h"

struct layout {
	const struct table_style *style;
	bool is_shown[COLUMN_COUNT];
	enum column columns[COLUMN_COUNT]; /* those that are shown, in their order */
	size_t count; /* of these */
	size_t width[COLUMN_COUNT]; /* of a column that is shown, in terminal columns */
	struct details details; /* of the row that is looked at */
};

/* Appends the content of one cell; that of the header where `cells` is NULL. */
static int append_cell(struct buffer *text, const struct cells *cells, enum column column)
{
	return cells ? cell_append(text, cells, column)
		     : buffer_append_text(text, cell_heading(column));
}

/* Widens the columns for one row; the header where `cells` is NULL. */
static int measure(struct layout *layout, const struct cells *cells, struct buffer *scratch)
{
	for (size_t i = 0; i < layout->count; i++) {
		enum column column = layout->columns[i];
		size_t width;
		int error;

		scratch->length = 0;
		error = append_cell(scratch, cells, column);
		if (error)
			return error;
		width = text_width(buffer_bytes(scratch));
		if (width > layout->width[column])
			layout->width[column] = width;
	}
	return 0;
}

/* Appends one line; the header where `cells` is NULL. */
static int append_line(struct layout *layout, const struct cells *cells, struct buffer *text)
{
	bool is_bold = !cells && layout->style->has_color;
	int error = is_bold ? buffer_append_text(text, SGR_BOLD) : 0;
	size_t line = text->length;

	for (size_t i = 0; i < layout->count && !error; i++) {
		enum column column = layout->columns[i];
		size_t start = text->length;

		error = append_cell(text, cells, column);
		/* The last column is not padded: no line ends in blanks. */
		if (!error && i + 1 < layout->count) {
			struct bytes cell = bytes_skip(buffer_bytes(text), start);

			error = buffer_append_blanks(
				text, layout->width[column] - text_width(cell) + 2);
		}
	}
	if (!error && layout->style->columns)
		error = clip(text, line, layout->style->columns);
	if (!error && is_bold)
		error = buffer_append_text(text, SGR_PLAIN);
	return error ? error : buffer_append_byte(text, '\n');
}

/* Finds of which columns there have to be any. */
static int choose(struct layout *layout, const struct cells *cells, struct buffer *unused)
{
	enum column end = cells->details ? COLUMN_COUNT : UPTIME;

	(void)unused;
	for (enum column column = 0; column < end; column++)
		if (!layout->is_shown[column] && cell_has_reason(cells, column))
			layout->is_shown[column] = true;
	return 0;
}

/* Takes one step for each row. */
static int for_each(struct layout *layout, const struct rows *rows,
	int (*step)(struct layout *layout, const struct cells *cells, struct buffer *text),
	struct buffer *text)
{
	bool is_wide = layout->style->is_wide;
	int error = 0;

	for (size_t i = 0; i < rows->count && !error; i++) {
		const struct row *row = &rows->items[i];
		struct cells cells = {&row->listener, is_wide ? &layout->details : NULL};

		if (is_wide)
			error = row_details(row, &layout->details);
		if (!error)
			error = step(layout, &cells, text);
		if (is_wide)
			details_release(&layout->details);
	}
	return error;
}

static int lay_out(struct layout *layout, const struct rows *rows, struct buffer *scratch)
{
	int error = for_each(layout, rows, choose, scratch);

	for (enum column column = 0; column < COLUMN_COUNT; column++)
		if (layout->is_shown[column])
			layout->columns[layout->count++] = column;
	if (!error && layout->style->has_header)
		error = measure(layout, NULL, scratch);
	return error ? error : for_each(layout, rows, measure, scratch);
}

int table_append(struct buffer *text, const struct rows *rows, const struct table_style *style)
{
	struct layout layout = {.style = style, .details = details_none};
	struct buffer scratch = {0};
	size_t before = text->length;
	int error = 0;

	if (rows->count) {
		error = lay_out(&layout, rows, &scratch);
		if (!error && style->has_header)
			error = append_line(&layout, NULL, text);
		if (!error)
			error = for_each(&layout, rows, append_line, text);
	}
	if (error)
		text->length = before;
	buffer_release(&scratch);
	return error;
}
