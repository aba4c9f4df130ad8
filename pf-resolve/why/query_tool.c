#include "query_tool.h"

#include <errno.h>

#include "cli/diag.h"
#include "os/os.h"

enum { LIMIT_MILLISECONDS = 3000 };

static struct tool limited_tool(const struct tool *tool)
{
	struct tool limited = *tool;

	limited.limit_variable = "PF_DETAILS_TIMEOUT";
	limited.limit = LIMIT_MILLISECONDS;
	return limited;
}

/* Milliseconds that the tools of this run have taken. */
static int64_t time_spent;
static bool has_reported;

int query_tool_begin(void)
{
	struct tool limited = limited_tool(&(struct tool){0});

	time_spent = 0;
	has_reported = false;
	return tool_read_limit(&limited);
}

/* Leaves the tool what is left of the time for all. */
static int take_time_left(struct tool *limited)
{
	enum { TENTH = 100 }; /* of a second: messages show what is left */
	int64_t left = limited->limit - time_spent;

	if (time_spent && left <= 0) {
		if (!has_reported)
			diag("%s: not run: the %g s for all tools have passed; %s extends the "
			     "limit",
				limited->name, (double)limited->limit / 1000,
				limited->limit_variable);
		has_reported = true;
		return -ETIMEDOUT;
	}
	if (time_spent)
		limited->limit = (left + TENTH - 1) / TENTH * TENTH;
	return 0;
}

int query_tool_run(
	const struct tool *tool, const struct argument_list *arguments, struct buffer *ret_text)
{
	struct tool limited = limited_tool(tool);
	struct buffer text = {0};
	char path[OS_PATH_MAX];
	int64_t started;
	int64_t begun;
	int error;

	limited.name = arguments->items[0];
	error = tool_find(limited.name, NULL, path, sizeof(path));
	if (!error)
		error = tool_read_limit(&limited);
	if (!error)
		error = take_time_left(&limited);
	if (error)
		return error;
	begun = os_clock();
	error = tool_run(&limited, path, (const char *const *)arguments->items, &text, &started);
	time_spent += os_clock() - begun;
	if (error) {
		buffer_release(&text);
		/* The program's lack of memory is not ours, and it may have been removed since. */
		return error == -ENOMEM || error == -ENOENT ? -EIO : error;
	}
	*ret_text = text;
	return 0;
}
