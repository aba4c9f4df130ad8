/*
 * Waiting until ports are free, or until something listens on them.
 */
#ifndef PF_WAIT_FOR_PORTS_H
#define PF_WAIT_FOR_PORTS_H

#include "listing.h"

enum wanted {
	WANTED_FREE, /* nothing listens on any of the ports */
	WANTED_LISTENING, /* something listens on each port or range that was given */
	WANTED_TAKEN, /* something listens on any of the ports */
};

enum { WAIT_FOREVER = -1 };

/*
 * Looks until the condition is met or `milliseconds` have passed, with a last look then. With
 * LOOK_FIRST, the messages of the stages are shown at the first look, and a person is told what the
 * wait is for; with LOOK_AGAIN neither.
 *
 * Returns EXIT_MATCHED if the condition is met, EXIT_NO_MATCH if it timed out, or EXIT_ERROR if a
 * look failed, already reported. The caller releases *ret_listing, the last look.
 */
int wait_for_ports(const struct options *options, const char *directory, enum wanted wanted,
	enum look look, int64_t milliseconds, struct listing *ret_listing);

/* Waits as the options say, and after a timeout reports what was not met. Returns as above. */
int wait_run(const struct options *options, const char *directory);

#endif
