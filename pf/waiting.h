/*
 * Waiting until ports are free, or until something listens on them.
 */
#ifndef PF_WAITING_H
#define PF_WAITING_H

#include "listing.h"

enum wanted {
	WANTED_FREE, /* nothing listens on any of the ports */
	WANTED_LISTENING, /* something listens on each port or range that was given */
	WANTED_TAKEN, /* something listens on any of the ports */
};

enum { WAITING_FOR_EVER = -1 };

/*
 * Looks until what is wanted is so, or until `milliseconds` have gone by, with a last look
 * then. Where `look` is LOOK_FIRST, the stages are heard at the first look, and a person is
 * told what is waited for; with LOOK_AGAIN neither.
 *
 * Returns EXIT_MATCHED where it is so, EXIT_NO_MATCH where timed out, or
 * EXIT_ERROR where a look failed, which is said. The caller releases *ret_listing,
 * which is the last look.
 */
int waiting_for(const struct options *options, const char *directory, enum wanted wanted,
	enum look look, int64_t milliseconds, struct listing *ret_listing);

/* Waits as the options tell, and says what is still so when timed out. Returns as above. */
int waiting_run(const struct options *options, const char *directory);

#endif
