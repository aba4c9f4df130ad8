/*
 * What a process was started with and by, of this machine or of a capture.
 */
#ifndef PF_PROCESS_SOURCE_H
#define PF_PROCESS_SOURCE_H

#include "cli/process_failure.h"
#include "os/os.h"
#include "os/process_facts.h"

/* Start from the first two; the source's owner keeps the root open. */
struct process_source {
	const struct os_directory *root; /* where proc/PID may be; NULL: there is none */
	bool is_live; /* this machine, which may be asked for more than files */
	/* The clock of the machine, in ticks of proc_clock.h; -1: not known. Read once. */
	bool has_clock;
	int64_t boot_time; /* in seconds since 1970 */
	int64_t now; /* since boot */
	struct process_failure failure; /* what could not be read, though it is there */
};

/* What a shell was told to do may be long; of the rest, a line shows less than this. */
enum { PROCESS_ARGUMENTS_MAX = 32 * 1024 };

/*
 * Reads what the process is: its name and arguments, its parent, its times. Returns 0, or
 * a negative errno where there is no such process, or nothing can be known of it. The
 * owner calls process_facts_release() if it returns 0.
 */
int process_facts_read(struct process_source *source, int64_t pid, struct process_facts *ret_facts);

/* Appends the process's /proc/PID/cgroup. Returns 0 or a negative errno. */
int process_cgroup_read(struct process_source *source, int64_t pid, struct buffer *cgroup);

/* The value of a variable that the process was started with. -ENOENT where it can't be told. */
int process_variable_read(
	struct process_source *source, int64_t pid, const char *name, struct buffer *value);

/* Cuts the first argument off the front of *rest. Returns false where there is none. */
bool process_next_argument(struct bytes *rest, struct bytes *ret_argument);

static inline bool process_text_is_known(const struct buffer *text)
{
	return text->data != NULL;
}

#endif
