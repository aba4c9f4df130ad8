#include "command_line.h"

static int append_repeated(struct buffer *line, char byte, size_t count)
{
	int error = 0;

	while (count-- && !error)
		error = buffer_append_byte(line, byte);
	return error;
}

/*
 * Backslashes stand for themselves, but before a quotation mark: there each is
 * doubled, and one more makes the mark part of the argument.
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

int command_line_append(struct buffer *line, const char *const argv[])
{
	int error = 0;

	for (size_t i = 0; argv[i] && !error; i++) {
		bool is_plain = argv[i][0] && !strpbrk(argv[i], " \t\n\v\"");

		if (i)
			error = buffer_append_byte(line, ' ');
		if (!error)
			error = is_plain ? buffer_append_text(line, argv[i])
					 : append_quoted(line, argv[i]);
	}
	return error;
}
