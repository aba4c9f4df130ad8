/*
 * Runs a tool of the system, such as lsof, and returns its output. Errors are reported here, on
 * stderr.
 */
#ifndef PF_TOOL_H
#define PF_TOOL_H

#include "os/spawn.h"

enum { TOOL_LIMIT = 20000 }; /* milliseconds, for tools that list sockets */

struct tool {
	const char *name; /* in messages */
	const char *limit_variable; /* the environment variable for the time limit, in seconds */
	const char *why_slow; /* what it may be waiting for, as "it may …; ", or "" */
	int64_t limit; /* the time limit in milliseconds, unless the variable is set */
	/* Overrides the rule that every exit status but 0 is a failure; may be NULL. */
	bool (*has_failed)(const struct spawn_output *output);
};

/* Sets the limit from the variable, if it is set. Returns 0, or -EINVAL, already reported. */
int tool_read_limit(struct tool *tool);

/*
 * Finds the tool as spawn_find_tool() does. Returns 0; -ENOENT, not reported; or -EPERM, already
 * reported.
 */
int tool_find(const char *name, const char *places, char *ret_path, size_t size);

/*
 * Runs the program at `path`. Returns 0 or a negative errno, already reported. *ret_text is the
 * output, after an error only its complete lines; the caller releases it in any case.
 * *ret_start_ticks: when it started, as in struct spawn_output.
 */
int tool_run(const struct tool *tool, const char *path, const char *const argv[],
	struct buffer *ret_text, int64_t *ret_start_ticks);

#endif
