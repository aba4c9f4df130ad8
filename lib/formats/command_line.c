#include "formats/command_line.h"

static int append_repeated(struct buffer *line, char byte, size_t count)
{
	int error = 0;

	while (count-- && !error)
		error = buffer_append_byte(line, byte);
	return error;
}

/*
 * Backslashes are literal, except before a quotation mark: there each is doubled, and one more
 * escapes the mark.
 */
static int append_quoted(struct buffer *line, const char *argument)
{
	size_t backslashes = 0;
	int error = buffer_append_byte(line, '"');

	for (; *argument && !error; argument++) {
		if (*argument == '"')
			error = append_repeated(line, '\\', backslashes + 1);
		backslashes = *argument == '\\' ? backslashes + 1 : 0;
		if (!error)
			error = buffer_append_byte(line, *argument);
	}
	if (!error)
		error = append_repeated(line, '\\', backslashes);
	return error ? error : buffer_append_byte(line, '"');
}

/* Backslashes in the program's path are never doubled, even before the closing mark. */
static int append_program(struct buffer *line, const char *program)
{
	int error = buffer_append_byte(line, '"');

	if (!error)
		error = buffer_append_text(line, program);
	return error ? error : buffer_append_byte(line, '"');
}

int command_line_append(struct buffer *line, const char *const argv[])
{
	int error = 0;

	for (size_t i = 0; argv[i] && !error; i++) {
		bool is_plain = argv[i][0] && !strpbrk(argv[i], " \t\n\v\"");

		if (i)
			error = buffer_append_byte(line, ' ');
		if (!error)
			error = is_plain ? buffer_append_text(line, argv[i])
				: i      ? append_quoted(line, argv[i])
					 : append_program(line, argv[i]);
	}
	return error;
}

static bool is_blank(struct bytes line)
{
	return line.length && (line.data[0] == ' ' || line.data[0] == '\t');
}

static bool is_quote(struct bytes line)
{
	return line.length && line.data[0] == '"';
}

/* Backslashes in the program's path are literal. */
static int split_program(struct bytes *line, struct buffer *arguments)
{
	bool is_quoted = false;
	int error = 0;

	while (line->length && (is_quoted || !is_blank(*line)) && !error) {
		if (is_quote(*line))
			is_quoted = !is_quoted;
		else
			error = buffer_append_byte(arguments, line->data[0]);
		*line = bytes_skip(*line, 1);
	}
	return error ? error : buffer_append_byte(arguments, '\0');
}

/* Before a quotation mark, each pair is one backslash; an odd one escapes the mark. */
static int unescape_backslashes(struct bytes *line, struct buffer *arguments)
{
	size_t count = 0;
	int error;

	while (count < line->length && line->data[count] == '\\')
		count++;
	*line = bytes_skip(*line, count);
	if (!is_quote(*line))
		return append_repeated(arguments, '\\', count);
	error = append_repeated(arguments, '\\', count / 2);
	if (count % 2 == 0 || error)
		return error;
	*line = bytes_skip(*line, 1);
	return buffer_append_byte(arguments, '"');
}

static int split_argument(struct bytes *line, struct buffer *arguments)
{
	bool is_quoted = false;
	int error = 0;

	while (line->length && (is_quoted || !is_blank(*line)) && !error) {
		if (line->data[0] == '\\') {
			error = unescape_backslashes(line, arguments);
			continue;
		}
		/* A pair of marks within quotes is one literal mark. */
		if (is_quote(*line) && !(is_quoted && is_quote(bytes_skip(*line, 1)))) {
			is_quoted = !is_quoted;
		} else {
			error = buffer_append_byte(arguments, line->data[0]);
			if (is_quote(*line))
				*line = bytes_skip(*line, 1);
		}
		*line = bytes_skip(*line, 1);
	}
	return error ? error : buffer_append_byte(arguments, '\0');
}

int command_line_split(struct bytes line, struct buffer *arguments)
{
	int error = line.length ? split_program(&line, arguments) : 0;

	while (!error) {
		while (is_blank(line))
			line = bytes_skip(line, 1);
		if (line.length == 0)
			break;
		error = split_argument(&line, arguments);
	}
	return error;
}
