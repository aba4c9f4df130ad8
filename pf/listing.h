/*
 * collect | resolve: the resolved lines, held in memory.
 */
#ifndef PF_LISTING_H
#define PF_LISTING_H

#include "buffer.h"
#include "options.h"

struct listing {
	struct buffer lines; /* each with its newline; the owner calls listing_release() */
	size_t count; /* of lines */
	bool has_trouble; /* a stage failed, which is said; the lines may not be all */
};

enum look {
	LOOK_FIRST,
	LOOK_AGAIN, /* what the stages have to say was said the first time */
};

/*
 * Runs the collector asked for, or the best one for this OS that can work here,
 * and pf-resolve behind it. `directory` is where stages are, as in struct stage.
 * `feed`, unless it is SPAWN_NULL, gets the lines as they come: a reader that has
 * gone is found out when it is waited for.
 */
void listing_run(const struct options *options, const char *directory, enum look look, int feed,
	struct listing *ret_listing);

void listing_release(struct listing *listing);

#endif
