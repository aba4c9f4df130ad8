/*
 * Reads a stream line by line. It reads a bare descriptor, so that it knows when it is about to
 * wait, and a stage can first pass on everything it has.
 */
#ifndef PF_LINE_READER_H
#define PF_LINE_READER_H

#include "base/buffer.h"

/* The longest line in bytes, without its newline. */
enum { LINE_READER_MAX = 1024 * 1024 };

/* Start from {.fd = …}; the owner calls line_reader_release(), which closes nothing. */
struct line_reader {
	int fd;
	/*
	 * Called with `context` when the reader is about to wait for input, to flush the output.
	 * If it returns false, because no more lines are needed, reading ends. May be NULL.
	 */
	bool (*before_wait)(void *context);
	void *context;
	size_t line_number; /* of the last line returned, from 1 */
	struct buffer buffer;
	size_t consumed;
	bool at_end;
	bool skipping;
};

/*
 * Returns 1 and the next line without its newline, which the last line may lack; the view is
 * valid until the next call. Returns 0 at the end; -EMSGSIZE for a line longer than
 * LINE_READER_MAX, which is skipped (the caller may read on); -ECANCELED if before_wait()
 * returned false; another negative errno if reading failed.
 */
int line_reader_next(struct line_reader *reader, struct bytes *ret_line);

void line_reader_release(struct line_reader *reader);

#endif
