#include "stream/json_member.h"

#include <jansson.h>

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Skips blanks and any `first` and `second` at the start. */
static struct bytes skip_blanks_and(struct bytes text, char first, char second)
{
	while (text.length &&
		(is_blank(text.data[0]) || text.data[0] == first || text.data[0] == second))
		text = bytes_skip(text, 1);
	return text;
}

/* The length of the string at the start of `text`, with its quotes. */
static size_t string_length(struct bytes text)
{
	size_t at = 1;

	while (at < text.length && text.data[at] != '"')
		at += text.data[at] == '\\' ? 2 : 1;
	return at < text.length ? at + 1 : text.length;
}

/* The length of the value at the start of `text`: it ends at a blank, comma or brace. */
static size_t value_length(struct bytes text)
{
	size_t depth = 0;
	size_t at = 0;

	while (at < text.length) {
		char byte = text.data[at];

		if (byte == '"') {
			at += string_length(bytes_skip(text, at));
			continue;
		}
		if (byte == '{' || byte == '[')
			depth++;
		if (depth == 0 && (byte == ',' || byte == '}' || is_blank(byte)))
			break;
		if (byte == '}' || byte == ']')
			depth--;
		at++;
	}
	return at;
}

bool json_member_next(struct json_member *member)
{
	struct bytes rest = skip_blanks_and(member->rest, '{', ',');

	if (rest.length == 0 || rest.data[0] != '"')
		return false;
	member->key = (struct bytes){rest.data, string_length(rest)};
	rest = skip_blanks_and(bytes_skip(rest, member->key.length), ':', ':');
	member->value = (struct bytes){rest.data, value_length(rest)};
	member->rest = bytes_skip(rest, member->value.length);
	return true;
}

bool json_member_is(const struct json_member *member, struct bytes name)
{
	struct bytes plain = {member->key.data + 1, member->key.length - 2};
	json_t *decoded;
	bool same;

	if (plain.length == 0 || !memchr(plain.data, '\\', plain.length))
		return bytes_equal(plain, name);
	decoded = json_loadb(
		member->key.data, member->key.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	same = json_is_string(decoded) &&
		bytes_equal((struct bytes){json_string_value(decoded), json_string_length(decoded)},
			name);
	json_decref(decoded);
	return same;
}
