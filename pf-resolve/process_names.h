/*
 * Names of processes and of their users, by pid: of this machine as the OS or
 * /proc tells, or of a capture.
 */
#ifndef PF_PROCESS_NAMES_H
#define PF_PROCESS_NAMES_H

#include "cli/process_failure.h"
#include "os/os.h"
#include "stream/listener.h"
#include "task_names.h"
#include "why/process_map.h"

enum { PROCESS_CACHE_SIZE = 1024 }; /* a power of two */

/* What is asked of processes that run: the functions of os.h with these names. */
struct process_questions {
	int (*process_identity)(int64_t pid, int64_t *ret_identity);
	int (*process_name)(int64_t pid, struct buffer *name);
	int (*process_user)(int64_t pid, struct buffer *user);
};

struct process_name {
	struct buffer text;
	bool is_asked;
	bool is_known;
};

struct process_entry {
	int64_t pid;
	int64_t identity;
	bool is_used;
	struct process_name command;
	struct process_name user;
};

/* Starts from the first three; the owner calls process_names_release(). */
struct process_names {
	const struct process_questions *questions; /* NULL: a capture */
	const struct os_directory *root; /* where proc/PID may be; NULL: there is none */
	struct task_names tasks; /* of a capture */
	struct process_entry cache[PROCESS_CACHE_SIZE];
	/* Pids of the hidden: of processes that are there, so that they can't be too many. */
	struct process_map hidden;
	struct process_failure failure;
};

/*
 * Give the name of the program of the listener's process, and that of its user,
 * which only some systems tell by pid, and no capture. The views hold until the
 * next call of the same function; where a name is not known, *ret_name is
 * untouched: also where the process is gone, or the pid another one's by now.
 *
 * A process that this user may not look into is counted in `hidden`, once; where
 * something else goes wrong, that is noted as a failure, and the name is not known.
 */
void process_names_find_command(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name);
void process_names_find_user(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name);

void process_names_release(struct process_names *names);

#endif
