#include "cli/writer.h"

#include "os/os.h"

enum { WRITE_SIZE = 64 * 1024 };

int writer_put(struct writer *writer, struct bytes bytes)
{
	if (writer->error)
		return writer->error;
	/* Without memory to buffer them, write the bytes now. */
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
