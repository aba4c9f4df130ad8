/*
 * Reads processes with sysctl(3).
 */
#ifndef PF_OS_DARWIN_PROCESS_H
#define PF_OS_DARWIN_PROCESS_H

#include <stdint.h>

struct kinfo_proc;

/* Reads a process, or a zombie, with sysctl(3)'s KERN_PROC_PID. -ESRCH if there is none. */
int darwin_read_process(int64_t pid, struct kinfo_proc *ret_process);

enum { DARWIN_MICROSECONDS = 1000000 };

/*
 * The time of the fork, which exec doesn't change, in microseconds since 1970: 51 bits these days.
 */
int64_t darwin_identity_of(const struct kinfo_proc *process);

#endif
