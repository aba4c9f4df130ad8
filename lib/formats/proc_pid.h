/*
 * Files of /proc/PID, as text in and facts out; pure. Their form is described
 * in the kernel's Documentation/filesystems/proc.rst and in proc(5).
 */
#ifndef PF_PROC_PID_H
#define PF_PROC_PID_H

#include <stdint.h>

#include "base/bytes.h"

/* More than any of these files has. What a process can make as long as it likes is cut there. */
enum { PROC_FILE_MAX = 64 * 1024 };

struct proc_stat {
	char state; /* field 3; 'Z' for one that has ended and was not waited for */
	uint32_t parent; /* field 4, ppid; 0 where the parent is outside the pid namespace */
	uint32_t threads; /* field 20, num_threads: those that live, and a main thread that has
			     ended */
	uint64_t start; /* field 22, starttime: clock ticks from boot to the process's start */
};

/*
 * Reads /proc/PID/stat. The name in field 2 may hold blanks and parentheses;
 * it ends at the last ")". Returns 0 or -EINVAL.
 */
int proc_parse_stat(struct bytes text, struct proc_stat *ret_stat);

/* Reads the effective uid from /proc/PID/status. Returns 0 or -EINVAL. */
int proc_parse_status_uid(struct bytes text, uint32_t *ret_uid);

/* Reads a directory's name as a pid. Returns 0, or -EINVAL where it is none: "0", "007". */
int proc_parse_pid(const char *name, int64_t *ret_pid);

/*
 * Reads the target of a link in /proc/PID/fd, "socket:[4711]". Returns 0, or
 * -EINVAL where it is no socket.
 */
int proc_parse_socket_link(struct bytes target, uint64_t *ret_inode);

#endif
