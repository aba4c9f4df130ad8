/*
 * collect | resolve: the resolved lines, held in memory.
 */
#ifndef PF_LISTING_H
#define PF_LISTING_H

#include "base/buffer.h"
#include "cli/stage.h"
#include "options.h"

struct listing {
	struct buffer lines; /* each with its newline; the owner calls listing_release() */
	size_t count; /* of lines */
	bool has_error; /* a stage failed, which is said; the lines may not be all */
	int feed_error; /* a negative errno: the reader of listing_finish() has not got all */
};

enum look {
	LOOK_ASIDE, /* for what is good to know: nothing is reported */
	LOOK_FIRST,
	LOOK_AGAIN, /* what the stages have to say was said the first time */
};

enum { PROGRAM_NAME_MAX = 256 };

/* Stages that are running. It stays where it is until listing_finish(). */
struct listing_run {
	const struct options *options;
	const char *directory;
	enum look look;
	bool may_try_others; /* collectors, where this one fails */
	struct stage collector;
	struct stage resolver;
	char program[PROGRAM_NAME_MAX]; /* the collector's name */
	int fd; /* gives the resolved lines */
};

/*
 * Starts the collector asked for, or the best one for this OS, and pf-resolve behind
 * it. `directory` is where stages are, as in struct stage.
 */
void listing_begin(const struct options *options, const char *directory, enum look look,
	struct listing_run *ret_run);

/*
 * Gathers the lines, with another collector that can work here where the best one
 * could not. `feed`, unless it is SPAWN_NULL, gets the lines as they come: a reader
 * that has gone is found out when it is waited for.
 */
void listing_finish(struct listing_run *run, int feed, struct listing *ret_listing);

/*
 * The same lines with why their holders run, as pf-resolve --details tells now. The caller
 * releases *ret_listing.
 */
void listing_explain(
	const struct listing *listing, const char *directory, struct listing *ret_listing);

void listing_release(struct listing *listing);

#endif
