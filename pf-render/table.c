#include "table.h"

#include "number.h"
#include "text.h"

enum column { PORT, PROTO, PID, COMMAND, USER, ADDRESS, COLUMN_COUNT };

static const char *const headings[COLUMN_COUNT] = {
	[PORT] = "PORT",
	[PROTO] = "PROTO",
	[PID] = "PID",
	[COMMAND] = "COMMAND",
	[USER] = "USER",
	[ADDRESS] = "ADDRESS",
};

/* SGR sequences (ECMA-48, 8.3.117). */
static const char bold[] = "\x1b[1m";
static const char plain[] = "\x1b[0m";

struct layout {
	const struct table_style *style;
	bool is_shown[COLUMN_COUNT];
	size_t width[COLUMN_COUNT]; /* in terminal columns */
};

static int append_number(struct buffer *text, int64_t number)
{
	char digits[NUMBER_TEXT_MAX];

	if (number == LISTENER_NONE)
		return buffer_append_byte(text, '-');
	return buffer_append(text, digits, number_format((uint64_t)number, digits));
}

static int append_name(struct buffer *text, struct bytes name)
{
	if (!name.data)
		return buffer_append_byte(text, '-');
	/* An empty cell would shift the columns behind it for awk and for the eye. */
	if (name.length == 0)
		return buffer_append_text(text, "\"\"");
	return text_append_visible(text, name);
}

static int append_address(struct buffer *text, const struct address *address)
{
	char numeric[ADDRESS_TEXT_MAX];
	bool has_brackets = address->family == FAMILY_IPV6;
	int error;

	address_format(address, numeric);
	error = has_brackets ? buffer_append_byte(text, '[') : 0;
	if (!error)
		error = text_append_visible(text, bytes_of(numeric));
	if (!error && has_brackets)
		error = buffer_append_byte(text, ']');
	return error;
}

/* Appends the content of one cell; that of the header where `listener` is NULL. */
static int append_cell(struct buffer *text, const struct listener *listener, enum column column)
{
	if (!listener)
		return buffer_append_text(text, headings[column]);
	switch (column) {
	case PORT:
		return append_number(text, listener->port);
	case PROTO:
		return buffer_append_text(text, listener_proto_name(listener->proto));
	case PID:
		return append_number(text, listener->pid);
	case COMMAND:
		return append_name(text, listener->command);
	case USER:
		return append_name(text, listener->user);
	case ADDRESS:
		return append_address(text, &listener->address);
	case COLUMN_COUNT:
		break;
	}
	return 0;
}

/* Widens the columns for one row; the header where `listener` is NULL. */
static int measure(struct layout *layout, const struct listener *listener, struct buffer *scratch)
{
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		size_t width;
		int error;

		if (!layout->is_shown[column])
			continue;
		scratch->length = 0;
		error = append_cell(scratch, listener, column);
		if (error)
			return error;
		width = text_width(buffer_bytes(scratch));
		if (width > layout->width[column])
			layout->width[column] = width;
	}
	return 0;
}

static int lay_out(struct layout *layout, const struct rows *rows, struct buffer *scratch)
{
	int error = 0;

	for (enum column column = 0; column < COLUMN_COUNT; column++)
		layout->is_shown[column] = column != PROTO && column != USER;
	for (size_t i = 0; i < rows->count; i++) {
		const struct listener *listener = &rows->items[i].listener;

		if (listener->proto != PROTO_TCP)
			layout->is_shown[PROTO] = true;
		if (listener->user.data)
			layout->is_shown[USER] = true;
	}
	if (layout->style->has_header)
		error = measure(layout, NULL, scratch);
	for (size_t i = 0; i < rows->count && !error; i++)
		error = measure(layout, &rows->items[i].listener, scratch);
	return error;
}

/* Appends one line; the header where `listener` is NULL. */
static int append_line(
	struct buffer *text, const struct layout *layout, const struct listener *listener)
{
	bool is_bold = !listener && layout->style->has_color;
	int error = is_bold ? buffer_append_text(text, bold) : 0;

	for (enum column column = 0; column < COLUMN_COUNT && !error; column++) {
		size_t start = text->length;

		if (!layout->is_shown[column])
			continue;
		error = append_cell(text, listener, column);
		/* The last column is not padded: no line ends in blanks. */
		if (!error && column < ADDRESS) {
			struct bytes cell = bytes_skip(buffer_bytes(text), start);

			error = buffer_append_blanks(
				text, layout->width[column] - text_width(cell) + 2);
		}
	}
	if (!error && is_bold)
		error = buffer_append_text(text, plain);
	return error ? error : buffer_append_byte(text, '\n');
}

int table_append(struct buffer *text, const struct rows *rows, const struct table_style *style)
{
	struct layout layout = {.style = style};
	struct buffer scratch = {0};
	size_t before = text->length;
	int error = 0;

	if (rows->count) {
		error = lay_out(&layout, rows, &scratch);
		if (!error && style->has_header)
			error = append_line(text, &layout, NULL);
		for (size_t i = 0; i < rows->count && !error; i++)
			error = append_line(text, &layout, &rows->items[i].listener);
	}
	if (error)
		text->length = before;
	buffer_release(&scratch);
	return error;
}
