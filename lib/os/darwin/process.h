/*
 * What the macOS files share of processes.
 */
#ifndef PF_OS_DARWIN_PROCESS_H
#define PF_OS_DARWIN_PROCESS_H

#include <stdint.h>

struct kinfo_proc;

/*
 * What sysctl(3)'s KERN_PROC_PID tells of a process, also of one that has ended and whose
 * parent has not asked after it. -ESRCH where there is no such process.
 */
int darwin_read_process(int64_t pid, struct kinfo_proc *ret_process);

enum { DARWIN_MICROSECONDS = 1000000 };

/*
 * The time of day of the fork, which exec does not change: microseconds since 1970, 51 bits
 * of them today.
 */
int64_t darwin_identity_of(const struct kinfo_proc *process);

#endif
