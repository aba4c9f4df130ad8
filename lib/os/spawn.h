/*
 * Programs started without a shell, and the pipes between them. spawn_posix.c
 * or spawn_windows.c; the build picks.
 *
 * To run a stage: make its pipes, fill in a struct spawn, call spawn_start(),
 * close the ends that were handed over, use your own ends, close them, and call
 * spawn_wait() for every stage that was started, failed ones included.
 *
 * Functions that return int give 0 or a negative errno.
 */
#ifndef PF_SPAWN_H
#define PF_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
	SPAWN_NULL = -1, /* nothing to read, and what is written is lost */
};

/* A program to start. Of the descriptors that we have made, it gets the three below only. */
struct spawn {
	const char *path; /* with a directory; PATH is not searched */
	const char *const *argv; /* ends with NULL */
	int in; /* a descriptor of the caller's, who still has to close it, or SPAWN_NULL */
	int out; /* likewise */
	int err; /* likewise */
	/* On Unix: in a process group of its own, which ends as a whole where it is not let end. */
	bool has_group;
};

/* A started program. */
struct child {
	int64_t pid;
	intptr_t handle; /* on Windows the process's, which spawn_wait() closes */
};

/* How a child ended. */
struct child_end {
	bool was_signalled;
	int status; /* the exit status, or the signal; on Windows the exception */
};

/* Makes a pipe that no child inherits unless it is handed over. */
int spawn_pipe(int *ret_read_end, int *ret_write_end);

void spawn_close(int fd);

int spawn_start(const struct spawn *spawn, struct child *ret_child);

int spawn_wait(struct child child, struct child_end *ret_end);

/* What a program that was run to its end has given. The owner calls spawn_output_release(). */
struct spawn_output {
	struct buffer out;
	struct buffer err;
	struct child_end end;
	/* When, as os_process_start_ticks() tells; 0 where it can't, a negative errno where not
	 * now. */
	int64_t started;
};

/* In bytes, for each of both streams: more than any tool has to say of the largest machine. */
enum { SPAWN_OUTPUT_MAX = 64 * 1024 * 1024 };

/*
 * Runs a program that reads nothing, and gathers what it writes. Returns 0;
 * -ETIMEDOUT where it had not ended after `milliseconds`, -EFBIG where it has written
 * SPAWN_OUTPUT_MAX: it is killed then, on Unix with what it has started, and not waited
 * for, since the kernel may keep it. *ret_output is to be released in any case.
 */
int spawn_capture(const char *path, const char *const argv[], int64_t milliseconds,
	struct spawn_output *ret_output);

void spawn_output_release(struct spawn_output *output);

/* Becomes the program; where the OS can't, runs it and exits as it did. Returns only a failure. */
int spawn_replace(const char *path, char *const argv[]);

/*
 * Finds a program: in `directory` (skipped where NULL) first, then along PATH,
 * whose empty and relative parts are passed over: they mean the current
 * directory, where anybody may have put a program. A program along PATH that
 * os_is_safe_program() warns of is passed over, too. -ENOENT where there is none; -EPERM where
 * there are only such: ret_path is what was passed over.
 */
int spawn_find(const char *name, const char *directory, char *ret_path, size_t size);

/*
 * Finds a program of the system: likewise along PATH, and then in `places`, a list like PATH of
 * where the systems keep it, or NULL: not everybody's PATH has the directories of root.
 */
int spawn_find_tool(const char *name, const char *places, char *ret_path, size_t size);

#endif
