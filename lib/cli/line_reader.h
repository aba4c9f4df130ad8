/*
 * Lines in: how programs read a stream. It reads a bare descriptor, so that a stage that waits
 * for its input has passed on everything it had.
 */
#ifndef PF_LINE_READER_H
#define PF_LINE_READER_H

#include "base/buffer.h"

/* The longest line, its newline not counted. */
enum { LINE_READER_MAX = 1024 * 1024 };

/* Start from {.fd = …}; the owner calls line_reader_release(), which closes nothing. */
struct line_reader {
	int fd;
	/*
	 * Called with `context` when the reader is about to wait for input: the time to pass
	 * on what was held back. If it returns false, nobody needs more, and reading ends.
	 * May be NULL.
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
 * Gives the next line without its newline; the last one need not have one. The view is valid
 * until the next call. Returns 1; 0 at the end; -EMSGSIZE for a line longer than
 * LINE_READER_MAX, which is skipped (go on reading); -ECANCELED if before_wait() ended it;
 * another negative errno if reading failed.
 */
int line_reader_next(struct line_reader *reader, struct bytes *ret_line);

void line_reader_release(struct line_reader *reader);

#endif
