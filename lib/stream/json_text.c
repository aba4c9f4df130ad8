#include "stream/json_text.h"

#include <errno.h>
#include <jansson.h>

#include "base/text.h"
#include "stream/json_pool.h"

/* Returns a new JSON string, or NULL if out of memory. */
static json_t *text_to_json(struct bytes text)
{
	struct buffer clean = {0};
	json_t *json;

	if (text_append_utf8(&clean, text)) {
		buffer_release(&clean);
		return NULL;
	}
	json = json_stringn_nocheck(clean.data ? clean.data : "", clean.length);
	buffer_release(&clean);
	return json;
}

static int append_json(struct buffer *buffer, const json_t *json)
{
	const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
	char small[512];
	struct buffer large = {0};
	size_t length = json_dumpb(json, small, sizeof(small), flags);
	int error;

	if (length == 0)
		return -ENOMEM;
	if (length <= sizeof(small))
		return text_append_safe_json(buffer, (struct bytes){small, length});
	error = buffer_reserve(&large, length);
	if (!error && json_dumpb(json, large.data, length, flags) != length)
		error = -ENOMEM;
	if (!error)
		error = text_append_safe_json(buffer, (struct bytes){large.data, length});
	buffer_release(&large);
	return error;
}

int json_text_append(struct buffer *buffer, struct bytes text)
{
	json_t *json;
	int error;

	json_pool_use();
	json = text_to_json(text);
	error = json ? append_json(buffer, json) : -ENOMEM;
	json_decref(json);
	return error;
}

/*
 * The most bytes that the JSON of a character of `length` bytes takes; with `length` 0, of an
 * invalid byte.
 */
static size_t json_size_max(uint32_t character, size_t length)
{
	enum { BEYOND_BMP = 0x10000 };

	if (length == 0)
		return strlen("\\\\xff");
	if (character == '"' || character == '\\')
		return strlen("\\\\");
	if (!text_is_unsafe(character))
		return length;
	return character < BEYOND_BMP ? strlen("\\u001B") : strlen("\\uDB40\\uDC01");
}

/* True if the JSON fits in `max` bytes. *ret_length: how much of the text fits with a "…". */
static bool fits_in(struct bytes text, size_t max, size_t *ret_length)
{
	struct bytes rest = text;
	size_t size = 0;

	*ret_length = 0;
	while (rest.length) {
		uint32_t character;
		size_t length = text_next(rest, &character);

		size += json_size_max(character, length);
		if (size > max)
			return false;
		rest = bytes_skip(rest, length ? length : 1);
		if (size <= max - strlen("…"))
			*ret_length = text.length - rest.length;
	}
	return true;
}

int json_text_append_truncated(struct buffer *buffer, struct bytes text, size_t max)
{
	struct buffer beginning = {0};
	size_t length;
	int error;

	if (fits_in(text, max, &length))
		return json_text_append(buffer, text);
	error = buffer_append(&beginning, text.data, length);
	if (!error)
		error = buffer_append_text(&beginning, "…");
	if (!error)
		error = json_text_append(buffer, buffer_bytes(&beginning));
	buffer_release(&beginning);
	return error;
}
