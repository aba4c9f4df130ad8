/*
 * Names of processes and of their users, by pid: of this machine, from the OS or /proc, or of a
 * capture.
 */
#ifndef PF_PROCESS_NAMES_H
#define PF_PROCESS_NAMES_H

#include "cli/process_failure.h"
#include "os/os.h"
#include "stream/listener.h"
#include "task_names.h"
#include "why/process_map.h"

enum { PROCESS_CACHE_SIZE = 1024 }; /* a power of two */

/* Questions about running processes: the functions of os.h with these names. */
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
	const struct os_directory *root; /* may contain proc/PID; NULL: there is none */
	struct task_names tasks; /* of a capture */
	struct process_entry cache[PROCESS_CACHE_SIZE];
	/* Pids of existing processes only, so its size is bounded. */
	struct process_map hidden;
	struct process_failure failure;
	/* Sockets of a Windows process outlive it if a child inherited them. */
	struct {
		bool is_any;
		bool is_several;
		int64_t pid; /* the first */
	} ended;
};

/*
 * Look up the program name of the listener's process, and the name of its user, which only some
 * systems give by pid, and no capture does. The views are valid until the next call of the same
 * function. *ret_name is untouched if the name is unknown, the process is gone, or another one has
 * its pid by now.
 *
 * A process that this user may not inspect is counted in `hidden`, once; any other error is noted
 * as a failure. Either leaves the name unknown.
 */
void process_names_find_command(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name);
void process_names_find_user(
	struct process_names *names, const struct listener *listener, struct bytes *ret_name);

void process_names_release(struct process_names *names);

#endif
