/*
 * Ending what was shown, and the second look: a signal that was sent is not a
 * port that is free.
 */
#ifndef PF_ENDING_H
#define PF_ENDING_H

#include "listing.h"

/*
 * Hands the shown lines to pf-kill, then lists anew. Returns EXIT_MATCHED where
 * the ports are free (with --dry-run: where all would be signalled), else
 * EXIT_ERROR, with all said.
 */
int ending_run(const struct options *options, const char *directory, const struct listing *shown);

#endif
