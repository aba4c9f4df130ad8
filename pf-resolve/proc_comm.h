/*
 * The name of a command in a tree with proc/PID: that of Linux, or of a capture.
 */
#ifndef PF_PROC_COMM_H
#define PF_PROC_COMM_H

#include "os/os.h"

/*
 * Appends the name of a process to `name`, which is empty: proc/PID/comm of
 * `root`, completed where the kernel may have cut it. Returns 0; -ENOMEM; or
 * another negative errno where it can't be read.
 */
int proc_comm_read(const struct os_directory *root, int64_t pid, struct buffer *name);

#endif
