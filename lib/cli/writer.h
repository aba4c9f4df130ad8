/*
 * Bytes out: how programs write a stream. It writes to a bare descriptor, so that every write
 * error is noticed.
 */
#ifndef PF_WRITER_H
#define PF_WRITER_H

#include "base/buffer.h"

/* Start from {.fd = …}; the owner calls writer_release(), which neither flushes nor closes. */
struct writer {
	int fd;
	int error; /* the first write error; later bytes go nowhere */
	struct buffer buffer;
};

/*
 * Both return 0 or a negative errno, and the same one again after the first failure.
 * -EPIPE: the reader went away, which ends a stage quietly.
 */
int writer_put(struct writer *writer, struct bytes bytes);
int writer_flush(struct writer *writer);

void writer_release(struct writer *writer);

#endif
