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

/*
 * True if argv[0] or the path of the executable may know better: the kernel may have truncated the
 * name, or it is that of a thread. node calls its main thread "MainThread" (22.13) or
 * "node-MainThread" (25); titles that programs set on purpose stay.
 */
bool command_name_needs_more(struct bytes comm);

/*
 * Returns a better form of `comm`. For a thread's name, it is the last part of the executable's
 * path or of argv[0]. Else it is the longer form found in argv[0] or the executable's path: the
 * first of the whole argv[0] ("next-server (v14.1.0)"), its last part, and the last part of the
 * path that begins with `comm`; else `comm` itself. `command_line` is /proc/PID/cmdline; both may
 * have data NULL. The result is a view into one of the arguments.
 */
struct bytes command_name_complete(
	struct bytes comm, struct bytes command_line, struct bytes executable);

#endif
