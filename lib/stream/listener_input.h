/*
 * How a stage reads a stream of listeners: malformed lines are reported on stderr, with their
 * numbers, and skipped.
 */
#ifndef PF_LISTENER_INPUT_H
#define PF_LISTENER_INPUT_H

#include "cli/line_reader.h"
#include "stream/listener.h"

/* Start from {.reader.fd = OS_STDIN}; the owner calls listener_input_release(). */
struct listener_input {
	struct line_reader reader;
	size_t count; /* listeners returned so far */
	bool has_error; /* a line was malformed, or reading failed: exit with EXIT_ERROR */
};

/*
 * Returns true and the next listener, which the caller releases, with its line, a view that is
 * valid until the next call. Returns false at the end of the input, after a read error, which it
 * reports, or if the reader's before_wait() returned false.
 */
bool listener_input_next(
	struct listener_input *input, struct bytes *ret_line, struct listener *ret_listener);

/* Reports that the line just returned is malformed after all, and sets has_error. */
void listener_input_reject(struct listener_input *input, const char *why);

/* EXIT_ERROR, EXIT_MATCHED, or EXIT_NO_MATCH if there was no listener. */
int listener_input_status(const struct listener_input *input);

void listener_input_release(struct listener_input *input);

#endif
