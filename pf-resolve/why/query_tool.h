/*
 * Runs a program of this machine that knows why a process runs (docker, podman, systemctl): found
 * along PATH, with PF_DETAILS_TIMEOUT as the time limit of each run. Failures are reported here, on
 * stderr, but not that there is no such program.
 */
#ifndef PF_QUERY_TOOL_H
#define PF_QUERY_TOOL_H

#include "argument_list.h"
#include "cli/tool.h"

/* 0 if PF_DETAILS_TIMEOUT is unset or valid; else -EINVAL, already reported. */
int query_tool_check(void);

/*
 * Runs the program that the first argument names. `tool` has its why_slow, and may have has_failed.
 * Returns 0 with *ret_text to be released; -ENOENT if there is no such program; -ENOMEM; or another
 * negative errno, already reported.
 */
int query_tool_run(
	const struct tool *tool, const struct argument_list *arguments, struct buffer *ret_text);

#endif
