/*
 * Reads /proc/PID/stat and opens pidfds.
 */
#ifndef PF_OS_LINUX_PROCESS_H
#define PF_OS_LINUX_PROCESS_H

#include <stdint.h>

#include "formats/proc_pid.h"

/* Reads /proc/PID/stat. -ESRCH if there is no such process. */
int linux_read_stat(int64_t pid, struct proc_stat *ret_stat);

/*
 * Returns 0; -EXDEV if /proc shows another pid namespace than this process's own, so that its
 * numbers mean other processes to system calls; or another negative errno.
 */
int linux_check_pid_namespace(void);

/* pidfd_open(2). Returns the descriptor or a negative errno. */
int linux_pidfd_open(int64_t pid);

#endif
