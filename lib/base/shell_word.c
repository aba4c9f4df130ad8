#include "base/shell_word.h"

static bool is_plain(char byte)
{
	struct bytes others = bytes_of("_@%+=:,./-");

	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		(byte >= '0' && byte <= '9') || memchr(others.data, byte, others.length);
}

static bool needs_quotes(struct bytes word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_plain(word.data[i]))
			return true;
	return word.length == 0;
}

int shell_word_append(struct buffer *buffer, struct bytes word)
{
	bool has_quotes = needs_quotes(word);
	int error = has_quotes ? buffer_append_byte(buffer, '\'') : 0;

	/* In single quotes, only the quote itself is special. */
	for (size_t i = 0; i < word.length && !error; i++)
		error = word.data[i] == '\'' ? buffer_append_text(buffer, "'\\''")
					     : buffer_append_byte(buffer, word.data[i]);
	if (!error && has_quotes)
		error = buffer_append_byte(buffer, '\'');
	return error;
}
