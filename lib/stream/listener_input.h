/*
 * How a stage reads a stream of listeners: bad lines are said on stderr, by
 * number, and passed over; the good ones still come through.
 */
#ifndef PF_LISTENER_INPUT_H
#define PF_LISTENER_INPUT_H

#include "cli/line_reader.h"
#include "stream/listener.h"

/* Start from {.reader.fd = OS_STDIN}; the owner calls listener_input_release(). */
struct listener_input {
	struct line_reader reader;
	size_t count; /* of the listeners given */
	bool has_error; /* a line was bad, or reading failed: exit with EXIT_ERROR */
};

/*
 * Gives the next listener, to be released by the caller, and its line, which
 * holds until the next call. Returns false at the end, or where the reader's
 * before_wait() has ended it.
 */
bool listener_input_next(
	struct listener_input *input, struct bytes *ret_line, struct listener *ret_listener);

/* Says why the line given last is bad after all, and that there is trouble. */
void listener_input_reject(struct listener_input *input, const char *why);

/* EXIT_ERROR, EXIT_MATCHED, or EXIT_NO_MATCH where there was no listener. */
int listener_input_status(const struct listener_input *input);

void listener_input_release(struct listener_input *input);

#endif
