/*
 * Names of programs in the file tasklist.csv of a capture of Windows. This is an
 * edge: what is wrong with the file is said here, on stderr.
 */
#ifndef PF_TASK_NAMES_H
#define PF_TASK_NAMES_H

#include "os/os.h"
#include "tasklist.h"

/* Starts from {0}; the owner calls task_names_release(). */
struct task_names {
	struct buffer text;
	struct tasklist_row *rows; /* one a pid, in their order */
	size_t count;
	size_t capacity;
	bool has_error; /* the file or a row of it was bad, and that was said */
};

/*
 * Reads the file, if there is one, in `directory`, which is called `root`.
 * Returns 0, whatever the file is like, or -ENOMEM.
 */
int task_names_read(
	struct task_names *names, const struct os_directory *directory, const char *root);

/*
 * Appends the name of a process's program. Returns 0; -ENOMEM; -ENOENT where the
 * file doesn't tell, or tells of several: in a text that was put together of two
 * lists, a pid may have become another process's, and which one is meant is not
 * known.
 */
int task_names_find(const struct task_names *names, int64_t pid, struct buffer *name);

void task_names_release(struct task_names *names);

#endif
