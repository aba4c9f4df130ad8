/*
 * The resolved lines on their way through pf: kept, filtered, and handed on as they come.
 */
#ifndef PF_INTAKE_H
#define PF_INTAKE_H

#include "base/buffer.h"
#include "options.h"

/* In bytes: more than a million sockets have, and so what never ends is noticed. */
enum { INTAKE_MAX = 256 * 1024 * 1024 };

/* Starts from {options, lines, .feed = …}. */
struct intake {
	const struct options *options; /* which ports and protocols are wanted */
	struct buffer *lines;
	int feed; /* gets the wanted lines, too; SPAWN_NULL: nobody does */
	int feed_error; /* a negative errno: `feed` has not got all */
	size_t handed_on; /* the bytes of `lines` that it has got */
	bool has_error; /* too long a line, or too many: that is said, and they are left out */
};

/* Reads what pf-resolve writes, from `fd`, to its end. Returns 0 or a negative errno. */
int intake_read(struct intake *intake, int fd);

#endif
