#include "target_lines.h"

#include <errno.h>

/* Reads one line. Returns 0 or -ENOMEM. */
static int take_line(struct targets *targets, struct listener_input *input, struct bytes line,
	const struct listener *listener)
{
	struct listener_problem problem;
	struct details details = details_none;
	int error = details_decode(line, listener, &details, &problem);

	if (error == -EINVAL) {
		/* What to do instead of signalling is unknown. */
		listener_input_reject(input, problem.text);
		return 0;
	}
	if (!error)
		error = targets_add(targets, listener, &details.remedy);
	details_release(&details);
	return error;
}

int target_lines_read(struct targets *targets, struct listener_input *input)
{
	struct listener listener;
	struct bytes line;
	int error = 0;

	while (!error && listener_input_next(input, &line, &listener)) {
		error = take_line(targets, input, line, &listener);
		listener_release(&listener);
	}
	return error ? error : targets_merge(targets);
}
