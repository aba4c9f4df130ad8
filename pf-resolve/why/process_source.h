/*
 * Where the facts of processes come from: this machine or a capture.
 */
#ifndef PF_PROCESS_SOURCE_H
#define PF_PROCESS_SOURCE_H

#include "cli/process_failure.h"
#include "os/os.h"
#include "os/process_facts.h"

/* Set the first two; the owner keeps the root open. */
struct process_source {
	const struct os_directory *root; /* contains proc/PID; NULL: there is none */
	bool is_live; /* this machine, which has more than files */
	/* The clock of the machine, in ticks of proc_clock.h; -1: unknown. Read once. */
	bool has_clock;
	int64_t boot_time; /* in seconds since 1970 */
	int64_t now; /* since boot */
	struct process_failure failure; /* what is there but could not be read */
};

/* Room for a shell's whole -c; a line shows less of other arguments. */
enum { PROCESS_ARGUMENTS_MAX = 32 * 1024 };

/*
 * Reads its name and arguments, its parent, its times. Returns 0, and the owner calls
 * process_facts_release(); or a negative errno if there is no such process, or nothing is known
 * about it.
 */
int process_facts_read(struct process_source *source, int64_t pid, struct process_facts *ret_facts);

/* The pid of the process's parent; -1: unknown. */
int64_t process_parent_read(struct process_source *source, int64_t pid);

/* Appends the process's /proc/PID/cgroup. Returns 0 or a negative errno. */
int process_cgroup_read(struct process_source *source, int64_t pid, struct buffer *cgroup);

/* A variable of the environment the process was started with. -ENOENT if it is unknown. */
int process_variable_read(
	struct process_source *source, int64_t pid, const char *name, struct buffer *value);

/* Cuts the first argument off the front of *rest. Returns false if there is none. */
bool process_next_argument(struct bytes *rest, struct bytes *ret_argument);

#endif
