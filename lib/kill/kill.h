/*
 * Signals targets, waits until they end, and reports the result of each.
 */
#ifndef PF_KILL_H
#define PF_KILL_H

#include "cli/writer.h"
#include "kill/targets.h"

struct kill_options {
	int signal;
	/* Overrides remedies, and sends SIGKILL to targets still running after the timeout. */
	bool force;
	bool dry_run;
	bool interactive;
	int64_t timeout; /* milliseconds, for each signal */
};

/*
 * Signals the targets that may be signalled; prints status messages on `output`, and refusals on
 * stderr. Returns true if every target has ended, or with dry_run would have been signalled.
 */
bool kill_targets(
	const struct kill_options *options, struct targets *targets, struct writer *output);

#endif
