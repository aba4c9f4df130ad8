/*
 * What one thread finds on its walk over the descriptors of processes,
 * /proc/PID/fd, and where need be those of their threads, of the machine or of a
 * capture.
 */
#ifndef PF_PROC_WALK_H
#define PF_PROC_WALK_H

#include "cli/process_failure.h"
#include "os/os.h"
#include "sockets.h"

struct holder {
	size_t socket; /* an index into the sockets */
	size_t number; /* of the socket */
	int64_t pid;
	int64_t start; /* as in a listener: LISTENER_NONE in a replay */
	int64_t uid; /* effective; LISTENER_NONE where it can't be read */
	int64_t fd; /* the lowest */
};

enum walk_depth {
	WALK_PROCESSES, /* by the descriptors of their main threads, mostly those of all */
	WALK_THREADS, /* and by those of each thread that has a table of its own */
};

/* Starts with the first four set; the owner calls proc_walk_begin() and proc_walk_release(). */
struct proc_walk {
	const struct os_directory *proc;
	const struct sockets *sockets; /* those that are looked for; they stay as they are */
	bool live; /* `proc` is this machine's, and processes get their start */
	enum walk_depth depth;
	struct holder *holders;
	size_t count;
	size_t capacity;
	/*
	 * Processes that denied their descriptors, those of others for one, and the user's
	 * own whose main thread has ended; in a capture also those without any.
	 */
	int64_t *silent;
	size_t silent_count;
	size_t silent_capacity;
	bool access_denied; /* some process would not show its descriptors */
	struct process_failure failure;
	void *room; /* that names of descriptors are read into */
	size_t *last; /* for each socket: its holder found last, an index plus one, or 0 */
};

/* Returns 0 or -ENOMEM. */
int proc_walk_begin(struct proc_walk *walk);

/*
 * Adds what the process holds, or adds it to the silent ones. That it comes or
 * goes meanwhile is no error; what is one is noted as a failure.
 */
void proc_walk_process(struct proc_walk *walk, int64_t pid);

/*
 * Adds what a process holds by its other threads. Of a silent one, where its main thread has
 * ended: that has none of the descriptors any more, and what is left of it belongs to root.
 */
void proc_walk_threads(struct proc_walk *walk, int64_t pid);

void proc_walk_release(struct proc_walk *walk);

#endif
