/*
 * Kills what was shown, and checks the ports: a signal sent is not a port freed.
 */
#ifndef PF_KILL_AND_CHECK_H
#define PF_KILL_AND_CHECK_H

#include "listing.h"

/*
 * Passes the shown lines to pf-kill, then lists again. Returns EXIT_MATCHED if the ports are free
 * (with --dry-run: if all would be signalled), else EXIT_ERROR, already reported.
 */
int kill_and_check(
	const struct options *options, const char *directory, const struct listing *shown);

#endif
