#include "cli/process_failure.h"

#include <inttypes.h>

#include "base/error.h"
#include "cli/diag.h"

void process_failure_note(struct process_failure *failure, int64_t pid, int error)
{
	if (error >= 0 || error_is_gone(error) || error_is_denied(error))
		return;
	if (failure->count == 0) {
		failure->pid = pid;
		failure->error = error;
	}
	if (failure->count == 0 || failure->last != pid)
		failure->count++;
	failure->last = pid;
}

void process_failure_add(struct process_failure *failure, const struct process_failure *other)
{
	size_t count = failure->count + other->count;

	if (failure->count == 0)
		*failure = *other;
	failure->count = count;
}

bool process_failure_report(const struct process_failure *failure)
{
	if (failure->count == 1)
		diag("process %" PRId64 " can't be examined: %s", failure->pid,
			diag_error(failure->error));
	else if (failure->count)
		diag("%zu processes can't be examined, such as %" PRId64 ": %s", failure->count,
			failure->pid, diag_error(failure->error));
	return failure->count;
}
