#include "tasklist.h"

#include "base/number.h"

enum {
	COLUMN_NAME,
	COLUMN_PID,
	COLUMNS_READ,
	COLUMNS_LEAST =
		3, /* of /SVC and /M; a field after the pid shows that the pid is complete */
	COLUMNS_USUAL = 5,
};

/* A row of CSV. */
struct fields {
	struct bytes read[COLUMNS_READ];
	size_t count;
	bool has_quotes;
};

/* The length of the line end at the front of `text`, or 0; a CR at the end of the text is
 * truncated. */
static size_t line_end_length(struct bytes text)
{
	size_t carriage_return = text.length && text.data[0] == '\r';

	if (text.length > carriage_return && text.data[carriage_return] == '\n')
		return carriage_return + 1;
	return text.length == carriage_return ? carriage_return : 0;
}

static bool cut_quoted(struct bytes *rest, struct bytes *ret_field, const char **ret_why)
{
	size_t end = 0;

	do {
		const char *quote = memchr(rest->data + end + 1, '"', rest->length - end - 1);

		if (!quote) {
			*ret_why = "torn, or a quote that is not closed";
			return false;
		}
		end = (size_t)(quote - rest->data) + 1;
	} while (end < rest->length && rest->data[end] == '"');
	*ret_field = (struct bytes){rest->data + 1, end - 2};
	*rest = bytes_skip(*rest, end);
	return true;
}

static bool cut_unquoted(struct bytes *rest, struct bytes *ret_field, const char **ret_why)
{
	size_t length = 0;

	while (length < rest->length && rest->data[length] != ',' &&
		!line_end_length(bytes_skip(*rest, length))) {
		if (rest->data[length++] == '"') {
			*ret_why = "a quote in a field that is not in quotes";
			return false;
		}
	}
	*ret_field = (struct bytes){rest->data, length};
	*rest = bytes_skip(*rest, length);
	return true;
}

static bool cut_field(struct bytes *rest, struct fields *fields, const char **ret_why)
{
	bool is_quoted = rest->length && rest->data[0] == '"';
	struct bytes field;
	bool is_cut = is_quoted ? cut_quoted(rest, &field, ret_why)
				: cut_unquoted(rest, &field, ret_why);

	if (!is_cut)
		return false;
	fields->has_quotes = fields->has_quotes || is_quoted;
	if (fields->count < COLUMNS_READ)
		fields->read[fields->count] = field;
	fields->count++;
	return true;
}

/* Cuts a row with its line end off the front of *rest, whose data becomes NULL at the end. */
static bool cut_row(struct bytes *rest, struct fields *fields, const char **ret_why)
{
	while (cut_field(rest, fields, ret_why)) {
		size_t line_end = line_end_length(*rest);

		if (line_end) {
			*rest = bytes_skip(*rest, line_end);
			return true;
		}
		if (rest->length == 0) {
			*rest = (struct bytes){0};
			return true;
		}
		if (rest->data[0] != ',') {
			*ret_why = "text between a closing quote and the next comma";
			return false;
		}
		*rest = bytes_skip(*rest, 1);
	}
	return false;
}

/* The pid's heading is a word in any language, not a number. */
static bool is_word(struct bytes text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return false;
	return text.length > 0;
}

static enum parse_result read_fields(
	const struct fields *fields, struct tasklist_row *ret_row, const char **ret_why)
{
	struct bytes pid_text = fields->read[COLUMN_PID];
	uint64_t pid;

	/* tasklist quotes each field; an unquoted line is a sentence, which may contain commas. */
	if (!fields->has_quotes && fields->count < COLUMNS_USUAL)
		return PARSE_SKIP;
	if (fields->count < COLUMNS_LEAST) {
		*ret_why = "fewer columns than tasklist has";
		return PARSE_MALFORMED;
	}
	if (is_word(pid_text))
		return PARSE_SKIP;
	if (number_parse(pid_text, UINT32_MAX, &pid)) {
		*ret_why = "the pid is no integer from 0 to 4294967295";
		return PARSE_MALFORMED;
	}
	if (fields->read[COLUMN_NAME].length == 0)
		return PARSE_SKIP;
	*ret_row = (struct tasklist_row){fields->read[COLUMN_NAME], (int64_t)pid};
	return PARSE_RECORD;
}

static size_t count_line_ends(struct bytes text)
{
	size_t count = 0;

	while (bytes_cut(&text, '\n').data && text.data)
		count++;
	return count;
}

enum parse_result tasklist_next(
	struct tasklist_reader *reader, struct tasklist_row *ret_row, const char **ret_why)
{
	struct bytes row = reader->rest;
	struct bytes rest = row;
	struct fields fields = {0};
	enum parse_result result = PARSE_MALFORMED;

	if (cut_row(&rest, &fields, ret_why)) {
		result = read_fields(&fields, ret_row, ret_why);
	} else {
		rest = row;
		bytes_cut(&rest, '\n');
	}
	row.length -= rest.length;
	reader->line_number = reader->line_ends + 1;
	reader->line_ends += count_line_ends(row);
	reader->rest = rest;
	return result;
}

int tasklist_append_name(struct buffer *buffer, struct bytes name)
{
	int error = 0;

	while (name.data && !error) {
		struct bytes part = bytes_cut(&name, '"');

		error = buffer_append(buffer, part.data, part.length);
		if (!error && name.data) {
			error = buffer_append_byte(buffer, '"');
			name = bytes_skip(name, 1);
		}
	}
	return error;
}
