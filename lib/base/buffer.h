/*
 * A growing byte buffer. Start from {0}; the owner calls buffer_release(). Functions that return
 * int return 0, or -ENOMEM with the content unchanged.
 */
#ifndef PF_BUFFER_H
#define PF_BUFFER_H

#include "base/bytes.h"

struct buffer {
	char *data;
	size_t length;
	size_t capacity;
};

/* Makes room for `extra` bytes after the content. */
int buffer_reserve(struct buffer *buffer, size_t extra);

int buffer_append(struct buffer *buffer, const void *data, size_t length);
int buffer_append_text(struct buffer *buffer, const char *text);
int buffer_append_byte(struct buffer *buffer, char byte);

/* Appends `count` spaces. */
int buffer_append_blanks(struct buffer *buffer, size_t count);

/* Frees the unused room after the content. */
void buffer_fit(struct buffer *buffer);

static inline struct bytes buffer_bytes(const struct buffer *buffer)
{
	return (struct bytes){.data = buffer->data, .length = buffer->length};
}

/* The same, but with data NULL if the buffer is empty. */
static inline struct bytes buffer_bytes_if_any(const struct buffer *buffer)
{
	return buffer->length ? buffer_bytes(buffer) : (struct bytes){0};
}

void buffer_release(struct buffer *buffer);

#endif
