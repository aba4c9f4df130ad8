/*
 * Buffered output. It writes to a bare descriptor, so that no write error goes unnoticed.
 */
#ifndef PF_WRITER_H
#define PF_WRITER_H

#include "base/buffer.h"

/* Start from {.fd = …}; the owner calls writer_release(), which neither flushes nor closes. */
struct writer {
	int fd;
	int error; /* the first write error; later bytes are discarded */
	struct buffer buffer;
};

/*
 * Both return 0 or a negative errno; after the first error, that one again. -EPIPE: the reader has
 * closed the pipe, and a stage exits without a message.
 */
int writer_put(struct writer *writer, struct bytes bytes);
int writer_flush(struct writer *writer);

void writer_release(struct writer *writer);

#endif
