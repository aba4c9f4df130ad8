#include "cli/line_reader.h"

#include <errno.h>

#include "os/os.h"

enum { READ_SIZE = 64 * 1024 };

/* Moves the unread bytes to the front, and reads more. Returns 1, 0 at the end, or an error. */
static int fill(struct line_reader *reader)
{
	struct buffer *buffer = &reader->buffer;
	size_t left = buffer->length - reader->consumed;
	long count;
	int error;

	if (reader->consumed && left)
		memmove(buffer->data, buffer->data + reader->consumed, left);
	buffer->length = left;
	reader->consumed = 0;
	error = buffer_reserve(buffer, READ_SIZE);
	if (error)
		return error;
	if (reader->before_wait && !os_has_input(reader->fd) &&
		!reader->before_wait(reader->context))
		return -ECANCELED;
	count = os_read(reader->fd, buffer->data + buffer->length, READ_SIZE);
	if (count < 0)
		return (int)count;
	buffer->length += (size_t)count;
	if (count == 0)
		reader->at_end = true;
	return count > 0;
}

static int take_line(
	struct line_reader *reader, size_t length, size_t newline, struct bytes *ret_line)
{
	*ret_line = (struct bytes){reader->buffer.data + reader->consumed, length};
	reader->consumed += length + newline;
	reader->line_number++;
	if (reader->skipping || length > LINE_READER_MAX) {
		reader->skipping = false;
		return -EMSGSIZE;
	}
	return 1;
}

int line_reader_next(struct line_reader *reader, struct bytes *ret_line)
{
	size_t searched = 0;

	for (;;) {
		size_t left = reader->buffer.length - reader->consumed;
		const char *start = left ? reader->buffer.data + reader->consumed : "";
		const char *newline = left > searched
			? memchr(start + searched, '\n', left - searched)
			: NULL;
		int status;

		if (newline)
			return take_line(reader, (size_t)(newline - start), 1, ret_line);
		if (reader->at_end)
			return left || reader->skipping ? take_line(reader, left, 0, ret_line) : 0;
		/* Discard an overlong line, so that memory stays bounded. */
		if (left > LINE_READER_MAX) {
			reader->skipping = true;
			reader->consumed = reader->buffer.length;
			left = 0;
		}
		searched = left;
		status = fill(reader);
		if (status < 0)
			return status;
	}
}

void line_reader_release(struct line_reader *reader)
{
	buffer_release(&reader->buffer);
}
