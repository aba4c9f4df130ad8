#include "base/buffer.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

int buffer_reserve(struct buffer *buffer, size_t extra)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 256;
	char *data;

	if (extra <= buffer->capacity - buffer->length)
		return 0;
	if (extra > SIZE_MAX / 2 - buffer->length)
		return -ENOMEM;
	while (capacity - buffer->length < extra)
		capacity *= 2;
	data = realloc(buffer->data, capacity);
	if (!data)
		return -ENOMEM;
	buffer->data = data;
	buffer->capacity = capacity;
	return 0;
}

int buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	int error = buffer_reserve(buffer, length);

	if (error)
		return error;
	if (length)
		memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	return 0;
}

int buffer_append_text(struct buffer *buffer, const char *text)
{
	return buffer_append(buffer, text, strlen(text));
}

int buffer_append_byte(struct buffer *buffer, char byte)
{
	return buffer_append(buffer, &byte, 1);
}

int buffer_append_blanks(struct buffer *buffer, size_t count)
{
	int error = buffer_reserve(buffer, count);

	if (error)
		return error;
	if (count)
		memset(buffer->data + buffer->length, ' ', count);
	buffer->length += count;
	return 0;
}

void buffer_fit(struct buffer *buffer)
{
	/* Keep one byte, so that empty content doesn't become data NULL: no value. */
	size_t capacity = buffer->length ? buffer->length : 1;
	char *data = capacity < buffer->capacity ? realloc(buffer->data, capacity) : NULL;

	if (!data)
		return;
	buffer->data = data;
	buffer->capacity = capacity;
}

void buffer_release(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){0};
}
