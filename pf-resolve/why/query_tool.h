/*
 * The programs of a machine that tell why a process runs: found along PATH, and run
 * with the time that PF_DETAILS_TIMEOUT gives to each run. This is the edge: what goes wrong is
 * said here, on stderr, but for a program that is not there, of which nothing is said.
 */
#ifndef PF_QUERY_TOOL_H
#define PF_QUERY_TOOL_H

#include "argument_list.h"
#include "cli/tool.h"

/* Whether PF_DETAILS_TIMEOUT, if it is set, is a time: 0; else -EINVAL, of which all is said. */
int query_tool_check(void);

/*
 * Runs the program that is named by the first argument, with all of them. `tool` tells its
 * why_slow, and may tell has_failed. Returns 0 with *ret_text to be released; -ENOENT where
 * there is no such program; -ENOMEM; or another negative errno of which all is said.
 */
int query_tool_run(
	const struct tool *tool, const struct argument_list *arguments, struct buffer *ret_text);

#endif
