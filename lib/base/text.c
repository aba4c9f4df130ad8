#include "base/text.h"

#include <stdio.h>

struct range {
	uint32_t first;
	uint32_t last;
};

#include "base/width_table.inc"

size_t text_next(struct bytes text, uint32_t *ret_character)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)text.data[0];
	uint32_t character;
	size_t length;

	if (first < 0x80) {
		*ret_character = first;
		return 1;
	}
	length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc2 || first > 0xf4 || text.length < length)
		return 0;
	character = first & (0xffU >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (byte & 0x3f);
	}
	if (character < smallest[length] || character > 0x10ffff ||
		(character >= 0xd800 && character <= 0xdfff))
		return 0;
	*ret_character = character;
	return length;
}

static bool is_in(const struct range ranges[], size_t count, uint32_t character)
{
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (character > ranges[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && character >= ranges[low].first;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool text_is_unsafe(uint32_t character)
{
	static const struct range unsafe[] = {
		{0x0000, 0x001f}, /* C0 controls */
		{0x007f, 0x009f}, /* DEL and the C1 controls: U+009B is a CSI in one character */
		{0x00ad, 0x00ad}, /* soft hyphen */
		{0x034f, 0x034f}, /* combining grapheme joiner, which joins nothing */
		{0x061c, 0x061c}, /* Arabic letter mark */
		{0x115f, 0x1160}, /* Hangul fillers, which are blank */
		{0x17b4, 0x17b5}, /* Khmer inherent vowels, which are invisible */
		{0x180e, 0x180e}, /* Mongolian vowel separator */
		{0x200b, 0x200f}, /* zero width, direction marks */
		{0x2028, 0x202e}, /* line and paragraph separator, embeddings and overrides */
		{0x2060, 0x206f}, /* invisible operators, isolates */
		{0x3164, 0x3164}, /* Hangul filler */
		{0xfeff, 0xfeff}, /* byte-order mark */
		{0xffa0, 0xffa0}, /* halfwidth Hangul filler */
		{0xfff0, 0xfffb}, /* interlinear annotation */
		{0x1bca0, 0x1bca3}, /* shorthand format controls */
		{0x1d173, 0x1d17a}, /* musical beams, ties, slurs and phrases */
		{0xe0000, 0xe0fff}, /* tags */
	};

	if (character >= 0x20 && character < 0x7f)
		return false;
	return is_in(unsafe, COUNT(unsafe), character);
}

unsigned text_character_width(uint32_t character)
{
	if (character < 0x300)
		return 1;
	if (is_in(zero_width, COUNT(zero_width), character))
		return 0;
	return is_in(double_width, COUNT(double_width), character) ? 2 : 1;
}

size_t text_width(struct bytes text)
{
	size_t width = 0;

	while (text.length) {
		uint32_t character;
		size_t length = text_next(text, &character);

		width += length ? text_character_width(character) : 1;
		length += length == 0;
		text = bytes_skip(text, length);
	}
	return width;
}

static int append_escaped(struct buffer *buffer, struct bytes text)
{
	for (size_t i = 0; i < text.length; i++) {
		char escape[5];
		int error;

		snprintf(escape, sizeof(escape), "\\x%02x", (unsigned char)text.data[i]);
		error = buffer_append(buffer, escape, 4);
		if (error)
			return error;
	}
	return 0;
}

static int append_clean(struct buffer *buffer, struct bytes text, bool escape_unsafe)
{
	while (text.length) {
		uint32_t character = 0;
		size_t length = text_next(text, &character);
		bool escape = length == 0 || (escape_unsafe && text_is_unsafe(character));
		struct bytes piece = {text.data, length ? length : 1};
		int error = escape ? append_escaped(buffer, piece)
				   : buffer_append(buffer, piece.data, piece.length);

		if (error)
			return error;
		text = bytes_skip(text, piece.length);
	}
	return 0;
}

int text_append_utf8(struct buffer *buffer, struct bytes text)
{
	return append_clean(buffer, text, false);
}

int text_append_visible(struct buffer *buffer, struct bytes text)
{
	return append_clean(buffer, text, true);
}

static int append_json_character(struct buffer *buffer, uint32_t character)
{
	char escape[16];

	/* Valid JSON has these only between tokens: in strings they are escaped. */
	if (character < 0x20)
		return buffer_append_byte(buffer, ' ');
	if (character < 0x10000)
		snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)character);
	else
		snprintf(escape, sizeof(escape), "\\u%04x\\u%04x",
			(unsigned)(0xd800 + ((character - 0x10000) >> 10)),
			(unsigned)(0xdc00 + ((character - 0x10000) & 0x3ff)));
	return buffer_append_text(buffer, escape);
}

int text_append_safe_json(struct buffer *buffer, struct bytes json)
{
	size_t plain = 0;

	while (plain < json.length) {
		struct bytes rest = bytes_skip(json, plain);
		uint32_t character = 0;
		size_t length = text_next(rest, &character);
		int error;

		if (length == 0 || !text_is_unsafe(character)) {
			plain += length ? length : 1;
			continue;
		}
		error = buffer_append(buffer, json.data, plain);
		if (!error)
			error = append_json_character(buffer, character);
		if (error)
			return error;
		json = bytes_skip(rest, length);
		plain = 0;
	}
	return buffer_append(buffer, json.data, json.length);
}
