/*
 * Lines in, bytes out: how the stages read and write a stream. Both use bare
 * descriptors, so that a stage that waits for its input has passed on all that
 * it had, and so that every write error is seen.
 */
#ifndef PF_STREAM_H
#define PF_STREAM_H

#include "buffer.h"

/* Start from {.fd = …}; the owner calls line_reader_release(), which closes nothing. */
struct line_reader {
	int fd;
	/*
	 * Called with `context` when the writer is about to be waited for: the time to
	 * pass on what was held back. Where it returns false, nobody needs more, and
	 * reading ends. May be NULL.
	 */
	bool (*before_wait)(void *context);
	void *context;
	size_t line_number; /* of the line given last, from 1 */
	struct buffer buffer;
	size_t consumed;
	bool at_end;
	bool skipping;
};

/*
 * Gives the next line, its newline cut off; the last one need not have one. The
 * view holds until the next call. Returns 1; 0 at the end; -EMSGSIZE for a line
 * longer than LISTENER_LINE_MAX, which is passed over (go on reading); -ECANCELED
 * where before_wait() has ended it; another negative errno where reading failed.
 */
int line_reader_next(struct line_reader *reader, struct bytes *ret_line);

void line_reader_release(struct line_reader *reader);

/* What has no end must not fill the memory. A socket table of a million connections has 150 MB. */
enum { STREAM_ALL_MAX = 256 * 1024 * 1024 };

/*
 * Appends all that can be read. Returns 0; -EFBIG, and nothing appended, where it is
 * STREAM_ALL_MAX bytes or more; another negative errno, and what was read before stays.
 */
int stream_read_all(int fd, struct buffer *content);

/* Of content that was `before` bytes long before, and was read up to STREAM_ALL_MAX: as above. */
int stream_check_size(struct buffer *content, size_t before);

/* As stream_read_all(), but of no more than `max` bytes: the rest is left unread. */
int stream_read_head(int fd, size_t max, struct buffer *content);

/* Start from {.fd = …}; the owner calls writer_release(), which neither flushes nor closes. */
struct writer {
	int fd;
	int error; /* the first write error; later bytes go nowhere */
	struct buffer buffer;
};

/*
 * Both return 0 or a negative errno, the same again once one has been met.
 * -EPIPE: the reader went away, which ends a stage quietly.
 */
int writer_put(struct writer *writer, struct bytes bytes);
int writer_flush(struct writer *writer);

void writer_release(struct writer *writer);

#endif
