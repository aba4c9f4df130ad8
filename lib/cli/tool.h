/*
 * A tool of the system that a program runs to its end, and whose text it reads.
 * This is the edge: what goes wrong is said here, on stderr.
 */
#ifndef PF_TOOL_H
#define PF_TOOL_H

#include "os/spawn.h"

enum { TOOL_LIMIT = 20000 }; /* for those that tell of the sockets */

struct tool {
	const char *name; /* in messages */
	const char *limit_variable; /* the environment variable with its time, in seconds */
	const char *why_slow; /* what it may wait for, as "it may …; ", or "" */
	int64_t limit; /* its time, in milliseconds, where the variable doesn't tell another */
	/* Whether it failed, where not every exit status but 0 says so; may be NULL. */
	bool (*has_failed)(const struct spawn_output *output);
};

/*
 * Sets the tool's limit to what its variable says, if there is one. Returns 0, or
 * -EINVAL, of which all is said.
 */
int tool_read_limit(struct tool *tool);

/*
 * Finds it, as spawn_find_tool() does. Returns 0; -ENOENT, of which nothing is said; or -EPERM,
 * of which all is said.
 */
int tool_find(const char *name, const char *places, char *ret_path, size_t size);

/*
 * Runs the program at `path`. Returns 0, or a negative errno of which all is
 * said; *ret_text has the lines that were whole even so, and is to be released in
 * any case. *ret_start_ticks: when it started, as in struct spawn_output.
 */
int tool_run(const struct tool *tool, const char *path, const char *const argv[],
	struct buffer *ret_text, int64_t *ret_start_ticks);

#endif
