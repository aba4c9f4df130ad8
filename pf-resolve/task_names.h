/*
 * Names of programs in tasklist.csv of a Windows capture. This is an edge: it reports errors in the
 * file on stderr.
 */
#ifndef PF_TASK_NAMES_H
#define PF_TASK_NAMES_H

#include "os/os.h"
#include "tasklist.h"

/* Starts from {0}; the owner calls task_names_release(). */
struct task_names {
	struct buffer text;
	struct tasklist_row *rows; /* one per pid, sorted by it */
	size_t count;
	size_t capacity;
	bool has_error; /* the file or a row of it was bad; already reported */
};

/*
 * Reads the file in `directory`, if there is one; messages call the directory `root`. Returns 0,
 * even if the file is bad, or -ENOMEM.
 */
int task_names_read(
	struct task_names *names, const struct os_directory *directory, const char *root);

/*
 * Appends the name of a process's program. Returns 0; -ENOMEM; -ENOENT if the file has no name for
 * the pid, or several: in two lists joined into one file, a pid may have been reused, and which
 * process is meant is unknown.
 */
int task_names_find(const struct task_names *names, int64_t pid, struct buffer *name);

/*
 * True if the list is whole, since it has the kernel, and does not have the process: it had ended
 * when tasklist ran.
 */
bool task_names_has_ended(const struct task_names *names, int64_t pid);

void task_names_release(struct task_names *names);

#endif
