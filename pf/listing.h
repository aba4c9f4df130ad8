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
	bool has_error; /* a stage failed, already reported; lines may be missing */
	int feed_error; /* a negative errno: `feed` did not get everything */
};

enum look {
	LOOK_OPTIONAL, /* for extra information: failures are not reported */
	LOOK_FIRST,
	LOOK_AGAIN, /* the stages' messages were shown the first time */
};

enum { PROGRAM_NAME_MAX = 256 };

/* Running stages; must not be moved before listing_finish(). */
struct listing_run {
	const struct options *options;
	const char *directory;
	enum look look;
	bool may_try_others; /* another collector may be tried if this one fails */
	struct stage collector;
	struct stage resolver;
	char program[PROGRAM_NAME_MAX]; /* the collector's name */
	int fd; /* to read the resolved lines from */
};

/*
 * Starts the requested collector, or the best one for this OS, piped into pf-resolve. `directory`:
 * where the stages are, as in struct stage.
 */
void listing_begin(const struct options *options, const char *directory, enum look look,
	struct listing_run *ret_run);

/*
 * Gathers the lines. If the best collector fails, uses another one that works here. `feed`, unless
 * it is SPAWN_NULL, also gets the lines as they arrive; it is no error if its reader has ended.
 */
void listing_finish(struct listing_run *run, int feed, struct listing *ret_listing);

/* The same lines with details from pf-resolve --details. The caller releases *ret_listing. */
void listing_explain(
	const struct listing *listing, const char *directory, struct listing *ret_listing);

void listing_release(struct listing *listing);

#endif
