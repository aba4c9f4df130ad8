/*
 * Starts programs without a shell, with pipes between them. Each system has its own spawn.c.
 *
 * To run a stage: make its pipes, fill in a struct spawn, call spawn_start(), close the child's
 * ends, use and close your own ends, and call spawn_wait() for every stage that was started, even
 * after an error.
 *
 * Functions that return int return 0 or a negative errno.
 */
#ifndef PF_SPAWN_H
#define PF_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
	SPAWN_NULL = -1, /* no input; output is discarded */
};

/* A program to start. It inherits only the three descriptors below. */
struct spawn {
	const char *path; /* with a directory; PATH is not searched */
	const char *const *argv; /* ends with NULL */
	int in; /* a descriptor, which the caller still has to close, or SPAWN_NULL */
	int out; /* likewise */
	int err; /* likewise */
	/* On Unix: starts it in its own process group, to be killed with its descendants. */
	bool has_group;
};

/* A started program. */
struct child {
	int64_t pid;
	intptr_t handle; /* on Windows a HANDLE, which spawn_wait() closes */
};

/* How a child ended. */
struct child_end {
	bool was_signalled;
	int status; /* the exit status; if signalled, the signal, on Windows the exception */
};

/* Makes a pipe. A child inherits an end only as one of its three descriptors. */
int spawn_pipe(int *ret_read_end, int *ret_write_end);

void spawn_close(int fd);

int spawn_start(const struct spawn *spawn, struct child *ret_child);

int spawn_wait(struct child child, struct child_end *ret_end);

/* The output of a program, and how it ended. The owner calls spawn_output_release(). */
struct spawn_output {
	struct buffer out;
	struct buffer err;
	struct child_end end;
	/* As from os_process_start_ticks(); 0: this system has none; a negative errno: error. */
	int64_t started;
};

/* In bytes, of each stream: more than any tool writes on the largest machine. */
enum { SPAWN_OUTPUT_MAX = 64 * 1024 * 1024 };

/*
 * Runs a program without input, and collects its output. Returns 0; -ETIMEDOUT if it hasn't ended
 * after `milliseconds`; -EFBIG if it has written SPAWN_OUTPUT_MAX. After an error it is killed, on
 * Unix with its process group, but not waited for, since it may be stuck in the kernel. The caller
 * releases *ret_output in any case.
 */
int spawn_capture(const char *path, const char *const argv[], int64_t milliseconds,
	struct spawn_output *ret_output);

void spawn_output_release(struct spawn_output *output);

/* Executes the program in this process; on Windows runs it and exits with its exit status. Returns
 * only on failure. */
int spawn_replace(const char *path, char *const argv[]);

/*
 * Finds a program: first in `directory` (if not NULL), then in PATH. Empty and relative entries of
 * PATH are skipped, since they depend on the current directory, where anybody may have put a
 * program. So are programs in PATH that fail os_is_safe_program(). -ENOENT if there is none; -EPERM
 * if there are only unsafe ones: ret_path is then the first of them.
 */
int spawn_find(const char *name, const char *directory, char *ret_path, size_t size);

/*
 * Finds a tool of the system: in PATH, then in `places`, a list like PATH or NULL. Many users' PATH
 * lacks the sbin directories.
 */
int spawn_find_tool(const char *name, const char *places, char *ret_path, size_t size);

#endif
