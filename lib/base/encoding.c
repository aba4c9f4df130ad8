#include "base/encoding.h"

#include <stdint.h>

enum {
	REPLACEMENT = 0xfffd,
	SURROGATE_FIRST = 0xd800,
	SURROGATE_LOW = 0xdc00,
	SURROGATE_LAST = 0xdfff,
	BEYOND_BMP = 0x10000,
};

static int append_utf8(struct buffer *buffer, uint32_t character)
{
	/* High bits of the first byte, by length (RFC 3629, section 3). */
	static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
	char bytes[4];
	size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	bytes[0] = (char)(first[length] | character);
	return buffer_append(buffer, bytes, length);
}

/* UTF-16 code units; half a unit at the end is ignored. */
struct units {
	const unsigned char *data;
	size_t count;
	bool is_big_endian;
};

static uint32_t unit_at(const struct units *units, size_t index)
{
	const unsigned char *bytes = units->data + 2 * index;
	unsigned high = bytes[units->is_big_endian ? 0 : 1];
	unsigned low = bytes[units->is_big_endian ? 1 : 0];

	return high << 8 | low;
}

static uint32_t next_character(const struct units *units, size_t *index)
{
	uint32_t unit = unit_at(units, (*index)++);
	uint32_t low = *index < units->count ? unit_at(units, *index) : 0;

	if (unit < SURROGATE_FIRST || unit > SURROGATE_LAST)
		return unit;
	if (unit >= SURROGATE_LOW || low < SURROGATE_LOW || low > SURROGATE_LAST)
		return REPLACEMENT;
	(*index)++;
	return BEYOND_BMP + ((unit & 0x3ff) << 10 | (low & 0x3ff));
}

static int utf16_to_utf8(struct buffer *text, bool is_big_endian)
{
	struct units units = {
		(const unsigned char *)text->data + 2, text->length / 2 - 1, is_big_endian};
	struct buffer converted = {0};
	size_t index = 0;
	int error = buffer_reserve(&converted, units.count + 1);

	while (!error && index < units.count)
		error = append_utf8(&converted, next_character(&units, &index));
	if (error) {
		buffer_release(&converted);
		return error;
	}
	buffer_release(text);
	*text = converted;
	return 0;
}

int encoding_make_utf8(struct buffer *text)
{
	struct bytes bytes = buffer_bytes(text);

	if (bytes_begin_with(bytes, bytes_of("\xff\xfe")))
		return utf16_to_utf8(text, false);
	if (bytes_begin_with(bytes, bytes_of("\xfe\xff")))
		return utf16_to_utf8(text, true);
	if (bytes_begin_with(bytes, bytes_of("\xef\xbb\xbf"))) {
		text->length -= 3;
		memmove(text->data, text->data + 3, text->length);
	}
	return 0;
}
