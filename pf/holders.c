#include "holders.h"

#include <inttypes.h>
#include <stdio.h>

const char *holder_name(const struct listener *listener, char ret_name[HOLDER_NAME_MAX])
{
	/* As long as the name of a file can be. */
	enum { COMMAND_MAX = 255 };

	if (listener->pid == LISTENER_NONE)
		snprintf(ret_name, HOLDER_NAME_MAX, "a hidden process");
	else if (listener->command.data && listener->command.length <= COMMAND_MAX)
		snprintf(ret_name, HOLDER_NAME_MAX, "%.*s (%" PRId64 ")",
			(int)listener->command.length, listener->command.data, listener->pid);
	else
		snprintf(ret_name, HOLDER_NAME_MAX, "process %" PRId64, listener->pid);
	return ret_name;
}

static bool is_same_holder(const struct listener *a, const struct listener *b)
{
	return a->port == b->port && a->proto == b->proto && a->pid == b->pid &&
		a->pid_start == b->pid_start;
}

/* The next line that is one, pf-render says what is wrong with others. */
static bool next_listener(struct bytes *rest, struct listener *ret_listener, struct bytes *ret_line)
{
	struct listener_problem problem;

	while (rest->length) {
		struct bytes line = bytes_cut(rest, '\n');

		if (listener_decode(line, ret_listener, &problem) == 0) {
			if (ret_line)
				*ret_line = line;
			return true;
		}
	}
	return false;
}

bool holders_have(struct bytes lines, const struct listener *holder)
{
	struct listener listener;
	bool found = false;

	while (!found && next_listener(&lines, &listener, NULL)) {
		found = is_same_holder(&listener, holder);
		listener_release(&listener);
	}
	return found;
}

bool holders_next(
	struct bytes lines, struct bytes *rest, struct listener *ret_holder, struct bytes *ret_line)
{
	struct listener listener;
	struct bytes before = {lines.data, lines.length - rest->length};

	while (next_listener(rest, &listener, ret_line)) {
		if (!holders_have(before, &listener)) {
			*ret_holder = listener;
			return true;
		}
		listener_release(&listener);
		before.length = lines.length - rest->length;
	}
	return false;
}

bool holders_are_on(struct bytes lines, unsigned low, unsigned high)
{
	struct listener listener;
	bool found = false;

	while (!found && next_listener(&lines, &listener, NULL)) {
		found = listener.port >= low && listener.port <= high;
		listener_release(&listener);
	}
	return found;
}
