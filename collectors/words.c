#include "words.h"

/* Text that went through an editor or a spreadsheet may have tabs. */
static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

struct bytes words_trim(struct bytes line)
{
	while (line.length && is_blank(line.data[0]))
		line = bytes_skip(line, 1);
	return line;
}

struct bytes words_cut(struct bytes *line)
{
	struct bytes word = words_trim(*line);
	size_t length = 0;

	while (length < word.length && !is_blank(word.data[length]))
		length++;
	*line = length ? bytes_skip(word, length) : (struct bytes){0};
	word.length = length;
	return word;
}

struct bytes words_unquote(struct bytes line)
{
	struct bytes rest = words_trim(line);
	struct bytes word;
	struct bytes last;

	while (bytes_cut_prefix(&rest, ">"))
		rest = words_trim(rest);
	line = rest;
	word = words_cut(&rest);
	last = bytes_last_part(word, ':');
	return last.length < word.length ? bytes_skip(line, word.length - last.length) : line;
}

bool word_is_number(struct bytes word)
{
	for (size_t i = 0; i < word.length; i++)
		if (!is_digit(word.data[i]))
			return false;
	return word.length != 0;
}

static size_t count_bytes(struct bytes text, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == byte;
	return count;
}

bool word_is_endpoint(struct bytes word)
{
	enum { DOTS = 3 };
	size_t end = word.length;
	struct bytes host = word;
	struct bytes port;

	while (end && word.data[end - 1] != ':' && word.data[end - 1] != '.')
		end--;
	if (end < 2)
		return false;
	port = bytes_skip(word, end);
	host.length = end - 1;
	if (!bytes_is(port, "*") && !word_is_number(port))
		return false;
	return host.data[0] == '*' || host.data[0] == '[' || count_bytes(host, '.') >= DOTS ||
		count_bytes(host, ':') > 1;
}

bool words_look_like_socket(struct bytes line)
{
	struct bytes before = {0};
	struct bytes last = {0};
	struct bytes word;

	while ((word = words_cut(&line)).length) {
		if (word_is_endpoint(word) &&
			(word_is_endpoint(last) ||
				(word_is_number(last) && word_is_number(before))))
			return true;
		before = last;
		last = word;
	}
	return false;
}
