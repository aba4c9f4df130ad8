#include "stream.h"

#include <errno.h>

#include "listener.h"
#include "os.h"

enum {
	READ_SIZE = 64 * 1024,
	WRITE_SIZE = 64 * 1024,
};

/* Moves what is left to the front and reads more behind it. 1, 0 at the end, or an error. */
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

static int take(struct line_reader *reader, size_t length, size_t newline, struct bytes *ret_line)
{
	*ret_line = (struct bytes){reader->buffer.data + reader->consumed, length};
	reader->consumed += length + newline;
	reader->line_number++;
	if (reader->skipping || length > LISTENER_LINE_MAX) {
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
			return take(reader, (size_t)(newline - start), 1, ret_line);
		if (reader->at_end)
			return left || reader->skipping ? take(reader, left, 0, ret_line) : 0;
		/* Memory stays bounded: of a line that is too long, nothing is kept. */
		if (left > LISTENER_LINE_MAX) {
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

int stream_check_size(struct buffer *content, size_t before)
{
	if (content->length - before < STREAM_ALL_MAX)
		return 0;
	content->length = before;
	return -EFBIG;
}

int stream_read_all(int fd, struct buffer *content)
{
	size_t before = content->length;
	int error = stream_read_head(fd, STREAM_ALL_MAX, content);

	return error ? error : stream_check_size(content, before);
}

int stream_read_head(int fd, size_t max, struct buffer *content)
{
	size_t before = content->length;
	long count = 1;

	while (count > 0 && content->length - before < max) {
		size_t so_far = content->length - before;
		/* Files of /proc have no size, and fewer read calls give a truer table. */
		int error = buffer_reserve(content, so_far < 4096 ? 4096 : so_far);
		size_t room = content->capacity - content->length;

		if (error)
			return error;
		count = os_read(fd, content->data + content->length,
			room < max - so_far ? room : max - so_far);
		if (count > 0)
			content->length += (size_t)count;
	}
	return count < 0 ? (int)count : 0;
}

int writer_put(struct writer *writer, struct bytes bytes)
{
	if (writer->error)
		return writer->error;
	/* What there is no memory to hold back is written at once. */
	if (buffer_append(&writer->buffer, bytes.data, bytes.length)) {
		if (writer_flush(writer) == 0)
			writer->error = os_write_all(writer->fd, bytes.data, bytes.length);
		return writer->error;
	}
	return writer->buffer.length >= WRITE_SIZE ? writer_flush(writer) : 0;
}

int writer_flush(struct writer *writer)
{
	if (!writer->error)
		writer->error = os_write_all(
			writer->fd, writer->buffer.data, writer->buffer.length);
	writer->buffer.length = 0;
	return writer->error;
}

void writer_release(struct writer *writer)
{
	buffer_release(&writer->buffer);
}
