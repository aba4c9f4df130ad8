/*
 * Runs a program of this machine that knows why a process runs (docker, podman, systemctl): found
 * along PATH. PF_DETAILS_TIMEOUT limits the time of all runs together. Failures are reported here,
 * on stderr, but not that there is no such program.
 */
#ifndef PF_QUERY_TOOL_H
#define PF_QUERY_TOOL_H

#include "argument_list.h"
#include "cli/tool.h"

/*
 * Starts with the full time. Returns 0 if PF_DETAILS_TIMEOUT is unset or valid; else -EINVAL,
 * already reported.
 */
int query_tool_begin(void);

/*
 * Runs the program that the first argument names. `tool` has its why_slow, and may have has_failed.
 * Returns 0 with *ret_text to be released; -ENOENT if there is no such program; -ENOMEM; or another
 * negative errno, already reported: -ETIMEDOUT also if no time was left.
 */
int query_tool_run(
	const struct tool *tool, const struct argument_list *arguments, struct buffer *ret_text);

#endif
