#include "stream/listener_input.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/exit_status.h"

void listener_input_reject(struct listener_input *input, const char *why)
{
	diag("line %zu: %s", input->reader.line_number, why);
	input->has_error = true;
}

bool listener_input_next(
	struct listener_input *input, struct bytes *ret_line, struct listener *ret_listener)
{
	for (;;) {
		struct listener_problem problem;
		int status = line_reader_next(&input->reader, ret_line);

		if (status == -EMSGSIZE) {
			listener_input_reject(input, "longer than 1 MiB");
			continue;
		}
		if (status < 0 && status != -ECANCELED) {
			diag("standard input: %s", diag_error(status));
			input->has_error = true;
		}
		if (status <= 0)
			return false;
		/* Windows ends lines with CR LF. */
		if (ret_line->length && ret_line->data[ret_line->length - 1] == '\r')
			ret_line->length--;
		status = listener_decode(*ret_line, ret_listener, &problem);
		if (status == 0) {
			input->count++;
			return true;
		}
		listener_input_reject(input, status == -EINVAL ? problem.text : diag_error(status));
	}
}

int listener_input_status(const struct listener_input *input)
{
	if (input->has_error)
		return EXIT_ERROR;
	return input->count ? EXIT_MATCHED : EXIT_NO_MATCH;
}

void listener_input_release(struct listener_input *input)
{
	line_reader_release(&input->reader);
}
