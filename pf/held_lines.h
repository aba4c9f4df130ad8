/*
 * The resolved lines on their way through pf: filtered, kept, and passed on as they arrive.
 */
#ifndef PF_HELD_LINES_H
#define PF_HELD_LINES_H

#include "base/buffer.h"
#include "options.h"

/* Bytes; more than a million sockets need. It stops an endless stream. */
enum { HELD_LINES_MAX = 256 * 1024 * 1024 };

/* Starts from {options, lines, .feed = …}. */
struct held_lines {
	const struct options *options; /* which ports and protocols are wanted */
	struct buffer *lines;
	int feed; /* also gets the wanted lines; SPAWN_NULL: nobody does */
	int feed_error; /* a negative errno: `feed` did not get everything */
	size_t fed_length; /* the part of `lines` that `feed` got, in bytes */
	bool has_error; /* a line was too long, or there were too many; already reported */
};

/* Reads what pf-resolve writes, from `fd`, to its end. Returns 0 or a negative errno. */
int held_lines_read(struct held_lines *held, int fd);

#endif
