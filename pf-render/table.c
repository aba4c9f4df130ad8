#include "table.h"

#include "base/text.h"
#include "clip.h"
#include "sgr.h"

/* One cell that is wider would have blanks beside all others in its column; it stands out instead.
 */
enum { COLUMN_WIDTH_MAX = 256 };

/* Appends the content of one cell; that of the header where `cells` is NULL. */
static int append_cell(struct buffer *text, const struct cells *cells, enum column column)
{
	return cells ? cell_append(text, cells, column)
		     : buffer_append_text(text, cell_heading(column));
}

/* Widens the columns for one row; the header where `cells` is NULL. */
static int measure(struct table *table, const struct cells *cells, struct buffer *scratch)
{
	for (size_t i = 0; i < table->count; i++) {
		enum column column = table->columns[i];
		size_t width;
		int error;

		scratch->length = 0;
		error = append_cell(scratch, cells, column);
		if (error)
			return error;
		width = text_width(buffer_bytes(scratch));
		if (width > table->width[column] && width <= COLUMN_WIDTH_MAX)
			table->width[column] = width;
	}
	return 0;
}

/* Appends one line; the header where `cells` is NULL. */
static int append_line(struct table *table, const struct cells *cells, struct buffer *text)
{
	bool is_bold = !cells && table->style->has_color;
	int error = is_bold ? buffer_append_text(text, SGR_BOLD) : 0;
	size_t line = text->length;

	for (size_t i = 0; i < table->count && !error; i++) {
		enum column column = table->columns[i];
		size_t start = text->length;

		error = append_cell(text, cells, column);
		/* The last column is not padded: no line ends in blanks. */
		if (!error && i + 1 < table->count) {
			size_t width = text_width(bytes_skip(buffer_bytes(text), start));
			size_t wanted = table->width[column];

			error = buffer_append_blanks(
				text, (width < wanted ? wanted - width : 0) + 2);
		}
	}
	if (!error && table->style->columns)
		error = clip(text, line, table->style->columns);
	if (!error && is_bold)
		error = buffer_append_text(text, SGR_PLAIN);
	return error ? error : buffer_append_byte(text, '\n');
}

/* Finds of which columns there have to be any. */
static int choose(struct table *table, const struct cells *cells, struct buffer *unused)
{
	enum column end = cells->details ? COLUMN_COUNT : UPTIME;

	(void)unused;
	for (enum column column = 0; column < end; column++)
		if (!table->is_shown[column] && cell_has_reason(cells, column))
			table->is_shown[column] = true;
	return 0;
}

/* Takes a step for one row. */
static int for_row(struct table *table, const struct row *row,
	int (*step)(struct table *table, const struct cells *cells, struct buffer *text),
	struct buffer *text)
{
	struct details details = details_none;
	bool is_wide = table->style->is_wide;
	struct cells cells = {&row->listener, is_wide ? &details : NULL};
	int error = is_wide ? row_details(row, &details) : 0;

	if (!error)
		error = step(table, &cells, text);
	if (is_wide)
		details_release(&details);
	return error;
}

static int for_each(struct table *table,
	int (*step)(struct table *table, const struct cells *cells, struct buffer *text),
	struct buffer *text)
{
	int error = 0;

	for (size_t i = 0; i < table->rows->count && !error; i++)
		error = for_row(table, &table->rows->items[i], step, text);
	return error;
}

int table_lay_out(const struct rows *rows, const struct table_style *style, struct table *ret_table)
{
	struct table table = {
		.rows = rows, .style = style, .is_headed = !style->has_header || rows->count == 0};
	struct buffer scratch = {0};
	int error = for_each(&table, choose, &scratch);

	for (enum column column = 0; column < COLUMN_COUNT; column++)
		if (table.is_shown[column])
			table.columns[table.count++] = column;
	if (!error && style->has_header)
		error = measure(&table, NULL, &scratch);
	if (!error)
		error = for_each(&table, measure, &scratch);
	buffer_release(&scratch);
	if (!error)
		*ret_table = table;
	return error;
}

int table_append_line(struct table *table, struct buffer *text)
{
	size_t before = text->length;
	int error;

	if (table->is_headed && table->next == table->rows->count)
		return 0;
	if (!table->is_headed)
		error = append_line(table, NULL, text);
	else
		error = for_row(table, &table->rows->items[table->next], append_line, text);
	if (error) {
		text->length = before;
		return error;
	}
	table->next += table->is_headed;
	table->is_headed = true;
	return 1;
}
