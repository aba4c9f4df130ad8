/*
 * The name of a command whose name the kernel has cut; pure.
 */
#ifndef PF_COMMAND_NAME_H
#define PF_COMMAND_NAME_H

#include "base/bytes.h"

enum {
	COMM_MAX = 15, /* TASK_COMM_LEN in the kernel's linux/sched.h, its NUL not counted */
	COMMAND_NAME_MAX = 255, /* a longer candidate is a command line, not a name */
};

/* True where the kernel may have cut the name: then the other two are worth a look. */
bool command_name_may_be_cut(struct bytes comm);

/*
 * Gives the longer form of `comm` that argv[0] or the executable's path has:
 * the whole of argv[0] ("next-server (v14.1.0)"), its last part, or the last
 * part of the path, the first that begins with `comm`; else `comm` itself.
 * `command_line` is /proc/PID/cmdline; both may have data NULL. The result is a
 * view into an argument.
 */
struct bytes command_name_complete(
	struct bytes comm, struct bytes command_line, struct bytes executable);

#endif
