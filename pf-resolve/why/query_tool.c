#include "query_tool.h"

#include <errno.h>

#include "os/os.h"

enum { LIMIT_MILLISECONDS = 3000 };

static struct tool limited_tool(const struct tool *tool)
{
	struct tool limited = *tool;

	limited.limit_variable = "PF_DETAILS_TIMEOUT";
	limited.limit = LIMIT_MILLISECONDS;
	return limited;
}

int query_tool_check(void)
{
	struct tool limited = limited_tool(&(struct tool){0});

	return tool_read_limit(&limited);
}

int query_tool_run(
	const struct tool *tool, const struct argument_list *arguments, struct buffer *ret_text)
{
	struct tool limited = limited_tool(tool);
	struct buffer text = {0};
	char path[OS_PATH_MAX];
	int64_t started;
	int error;

	limited.name = arguments->items[0];
	error = tool_find(limited.name, NULL, path, sizeof(path));
	if (!error)
		error = tool_read_limit(&limited);
	if (error)
		return error;
	error = tool_run(&limited, path, (const char *const *)arguments->items, &text, &started);
	if (error) {
		buffer_release(&text);
		/* A program that is refused its memory, or has gone since, is no fault of ours. */
		return error == -ENOMEM || error == -ENOENT ? -EIO : error;
	}
	*ret_text = text;
	return 0;
}
