/*
 * Signals targets, waits for their end, and reports what became of each.
 */
#ifndef PF_KILL_H
#define PF_KILL_H

#include "cli/writer.h"
#include "kill/targets.h"

struct kill_options {
	int signal;
	/* Overrides remedies; and sends SIGKILL to what is left after the timeout. */
	bool force;
	bool dry_run;
	bool interactive;
	int64_t timeout; /* milliseconds, for each signal */
};

/*
 * Ends what may be ended; status messages go to `output`, refusals to stderr. Returns true if every
 * target has ended, or with dry_run would be signalled.
 */
bool kill_targets(
	const struct kill_options *options, struct targets *targets, struct writer *output);

#endif
