/*
 * Completes the name of a command that the kernel truncated; pure.
 */
#ifndef PF_COMMAND_NAME_H
#define PF_COMMAND_NAME_H

#include "base/bytes.h"

enum {
	COMM_MAX = 15, /* TASK_COMM_LEN of linux/sched.h, without its NUL */
	COMMAND_NAME_MAX = 255, /* a longer candidate is a command line, not a name */
};

/* True if the kernel may have truncated the name: then the other two are worth a look. */
bool command_name_may_be_cut(struct bytes comm);

/*
 * Returns the longer form of `comm` found in argv[0] or the executable's path: the first of the
 * whole argv[0] ("next-server (v14.1.0)"), its last part, and the last part of the path that begins
 * with `comm`; else `comm` itself. `command_line` is /proc/PID/cmdline; both may have data NULL.
 * The result is a view into one of the arguments.
 */
struct bytes command_name_complete(
	struct bytes comm, struct bytes command_line, struct bytes executable);

#endif
