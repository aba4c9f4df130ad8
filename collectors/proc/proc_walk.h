/*
 * One thread's walk over the descriptors of processes, /proc/PID/fd, and if necessary over those of
 * their threads; of this machine or a capture.
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
	int64_t uid; /* effective; LISTENER_NONE if unknown */
	int64_t fd; /* the lowest */
};

enum walk_depth {
	WALK_PROCESSES, /* the descriptors of main threads, which all threads usually share */
	WALK_THREADS, /* also those of each thread with a table of its own */
};

/* Starts with the first four set; the owner calls proc_walk_begin() and proc_walk_release(). */
struct proc_walk {
	const struct os_directory *proc;
	const struct sockets *sockets; /* the wanted ones; not modified */
	bool live; /* `proc` is of this machine, so processes have a start */
	enum walk_depth depth;
	struct holder *holders;
	size_t count;
	size_t capacity;
	/*
	 * Processes whose descriptors were denied: other users', and this user's if the main thread
	 * has ended; in a capture also those without any.
	 */
	int64_t *silent;
	size_t silent_count;
	size_t silent_capacity;
	bool access_denied; /* the descriptors of some process were denied */
	struct process_failure failure;
	void *room; /* for names of descriptors */
	size_t *last; /* per socket: index + 1 of its last holder found; 0: none */
};

/* Returns 0 or -ENOMEM. */
int proc_walk_begin(struct proc_walk *walk);

/*
 * Adds the sockets that the process holds, or adds the process to the silent ones. That it ends
 * meanwhile is no error; others are noted as failures.
 */
void proc_walk_process(struct proc_walk *walk, int64_t pid);

/*
 * Adds the sockets that a process holds through its other threads. Of a silent process only if its
 * main thread has ended: that has no descriptors left, and its /proc files belong to root.
 */
void proc_walk_threads(struct proc_walk *walk, int64_t pid);

void proc_walk_release(struct proc_walk *walk);

#endif
