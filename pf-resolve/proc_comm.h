/*
 * The name of a command in a tree with proc/PID: Linux's, or that of a capture.
 */
#ifndef PF_PROC_COMM_H
#define PF_PROC_COMM_H

#include "os/os.h"

/*
 * Sets `name`, which must be empty, to a process's name: proc/PID/comm of `root`, completed if the
 * kernel may have truncated it. Returns 0; -ENOMEM; or another negative errno if it can't be read.
 */
int proc_comm_read(const struct os_directory *root, int64_t pid, struct buffer *name);

#endif
