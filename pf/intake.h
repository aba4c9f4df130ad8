/*
 * The resolved lines on their way through pf: kept, filtered, and handed on as they come.
 */
#ifndef PF_INTAKE_H
#define PF_INTAKE_H

#include "buffer.h"
#include "options.h"

/* Starts from {options, lines, .feed = …}. */
struct intake {
	const struct options *options; /* which ports and protocols are wanted */
	struct buffer *lines;
	int feed; /* gets the wanted lines, too; SPAWN_NULL: nobody does */
	size_t kept; /* the bytes of `lines` that are settled */
	int feed_error; /* a negative errno: `feed` has not got all */
};

/* Reads `fd` to its end. Returns 0 or a negative errno. */
int intake_read(struct intake *intake, int fd);

#endif
