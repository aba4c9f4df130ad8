/*
 * Parses files in /proc/PID, which the kernel's Documentation/filesystems/proc.rst and proc(5)
 * document.
 */
#ifndef PF_PROC_PID_H
#define PF_PROC_PID_H

#include <stdint.h>

#include "base/bytes.h"

/* More bytes than these files have. Files that a process can make longer are truncated here. */
enum { PROC_FILE_MAX = 64 * 1024 };

/* Room for the names of thousands of files that are registered with an io_uring. */
enum { PROC_RING_MAX = 1024 * 1024 };

struct proc_stat {
	char state; /* field 3; 'Z' for a zombie */
	uint32_t parent; /* field 4, ppid; 0 if the parent is outside the pid namespace */
	uint32_t group; /* field 5, pgrp; 0 if unknown, as outside the pid namespace */
	uint32_t session; /* field 6, likewise */
	uint32_t threads; /* field 20, num_threads: includes a main thread that has ended */
	uint64_t start; /* field 22, starttime: clock ticks from boot to the process's start */
};

/*
 * Parses /proc/PID/stat. The name in field 2 may contain spaces and parentheses; it ends at the
 * last
 * ")". Returns 0 or -EINVAL.
 */
int proc_parse_stat(struct bytes text, struct proc_stat *ret_stat);

/* Parses the effective uid in /proc/PID/status. Returns 0 or -EINVAL. */
int proc_parse_status_uid(struct bytes text, uint32_t *ret_uid);

/* Parses a directory name in /proc. Returns 0, or -EINVAL if it is no pid, such as "0" or "007". */
int proc_parse_pid(const char *name, int64_t *ret_pid);

/* Parses the target of a link in /proc/PID/fd. Returns 0, or -EINVAL unless it is "socket:[4711]".
 */
int proc_parse_socket_link(struct bytes target, uint64_t *ret_inode);

/* Whether the target of a descriptor's link is an io_uring, io_uring(7). */
bool proc_is_ring_link(struct bytes target);

/*
 * Finds the next socket that is registered with an io_uring, which holds it without a descriptor:
 * io_uring_register(2). *rest is /proc/PID/fdinfo/FD of the ring, and then what follows the socket.
 * Older kernels leave the names of sockets empty; 6.18 has them. Returns false if there is none.
 */
bool proc_next_ring_socket(struct bytes *rest, uint64_t *ret_inode);

#endif
