#include "json_text.h"

#include <errno.h>
#include <jansson.h>

#include "json_pool.h"
#include "text.h"

/* A new JSON string. NULL: out of memory. */
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
