/*
 * Signals the targets, waits for their end, and says what became of each.
 */
#ifndef PF_EXECUTION_H
#define PF_EXECUTION_H

#include "cli/writer.h"
#include "targets.h"

struct execution {
	int signal;
	/* SIGKILL to what is left after the timeout; and what would be started again, too. */
	bool force;
	bool dry_run;
	bool interactive;
	int64_t timeout; /* milliseconds, for each signal */
};

/*
 * Ends what may be ended; news goes to `output`, refusals to stderr. Returns
 * true where every target has ended, or would with dry_run.
 */
bool execution_run(
	const struct execution *execution, struct targets *targets, struct writer *output);

#endif
