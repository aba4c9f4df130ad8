/*
 * Starts programs without a shell, with pipes between them. The systems' spawn.c implements it.
 *
 * To run a stage: make its pipes, fill in a struct spawn, call spawn_start(), close the ends that
 * were handed over, use your own ends, close them, and call spawn_wait() for every stage that was
 * started, even after a failure.
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
	/* On Unix: in a process group of its own, to be killed with all that it has started. */
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

/* Makes a pipe; a child inherits an end only if it is handed over. */
int spawn_pipe(int *ret_read_end, int *ret_write_end);

void spawn_close(int fd);

int spawn_start(const struct spawn *spawn, struct child *ret_child);

int spawn_wait(struct child child, struct child_end *ret_end);

/* What a program has written, and how it ended. The owner calls spawn_output_release(). */
struct spawn_output {
	struct buffer out;
	struct buffer err;
	struct child_end end;
	/* As of os_process_start_ticks(); 0: never known here, negative errno: unknown this time.
	 */
	int64_t started;
};

/* Bytes of each stream: more than any tool writes about the largest machine. */
enum { SPAWN_OUTPUT_MAX = 64 * 1024 * 1024 };

/*
 * Runs a program without input, and collects what it writes. Returns 0; -ETIMEDOUT if it hasn't
 * ended after `milliseconds`, -EFBIG if it has written SPAWN_OUTPUT_MAX. Then it is killed, on
 * Unix with what it has started, and not waited for, since the kernel may keep it. *ret_output is
 * to be released in any case.
 */
int spawn_capture(const char *path, const char *const argv[], int64_t milliseconds,
	struct spawn_output *ret_output);

void spawn_output_release(struct spawn_output *output);

/* Becomes the program, or on Windows runs it and exits as it did. Returns only on failure. */
int spawn_replace(const char *path, char *const argv[]);

/*
 * Finds a program: first in `directory` (if not NULL), then along PATH. Empty and relative parts
 * of PATH are skipped: they mean the current directory, where anybody may have put a program. So
 * are programs that fail os_is_safe_program(). -ENOENT if there is none; -EPERM if there are only
 * unsafe ones: ret_path is then the first of them.
 */
int spawn_find(const char *name, const char *directory, char *ret_path, size_t size);

/*
 * Finds a tool of the system: along PATH, and then in `places`, a list like PATH of where systems
 * keep it, or NULL: many a user's PATH lacks the sbin directories.
 */
int spawn_find_tool(const char *name, const char *places, char *ret_path, size_t size);

#endif
