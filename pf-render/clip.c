#include "clip.h"

#include "base/text.h"

int clip(struct buffer *text, size_t start, size_t columns)
{
	struct bytes rest = bytes_skip(buffer_bytes(text), start);
	size_t width = 0;
	int error;

	if (text_width(rest) <= columns)
		return 0;
	while (rest.length) {
		uint32_t character;
		size_t length = text_next(rest, &character);
		size_t wider = width + text_character_width(character);

		/* A zero-width character belongs to the one before it. */
		if (wider > columns - 1)
			break;
		width = wider;
		rest = bytes_skip(rest, length);
	}
	text->length -= rest.length;
	error = buffer_append_blanks(text, columns - 1 - width);
	return error ? error : buffer_append_text(text, "…");
}

int clip_front(struct buffer *text, size_t start, size_t columns)
{
	struct bytes rest = bytes_skip(buffer_bytes(text), start);
	struct buffer tail = {0};
	size_t width = text_width(rest);
	int error;

	if (width <= columns)
		return 0;
	while (width > columns - 1) {
		uint32_t character;
		size_t length = text_next(rest, &character);

		width -= text_character_width(character);
		rest = bytes_skip(rest, length);
	}
	error = buffer_append_text(&tail, "…");
	if (!error)
		error = buffer_append(&tail, rest.data, rest.length);
	text->length = start;
	if (!error)
		error = buffer_append(text, tail.data, tail.length);
	buffer_release(&tail);
	return error;
}
