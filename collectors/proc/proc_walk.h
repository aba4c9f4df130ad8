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
	 * Processes whose threads are examined only if sockets are left without a holder. Their
	 * descriptors were denied: other users' processes, and this user's if the main thread has
	 * ended; in a capture also those without any descriptor.
	 */
	int64_t *deferred;
	size_t deferred_count;
	size_t deferred_capacity;
	bool access_denied; /* the descriptors of some process were denied */
	struct process_failure failure;
	void *name_buffer; /* for listing descriptors */
	size_t *last_holder; /* per socket: index + 1 of its last holder found; 0: none */
};

/* Returns 0 or -ENOMEM. */
int proc_walk_begin(struct proc_walk *walk);

/*
 * Adds the sockets that the process holds, or defers the process. It is no error if that
 * ends meanwhile; other errors are noted as failures.
 */
void proc_walk_process(struct proc_walk *walk, int64_t pid);

/*
 * Adds the sockets that a process holds through its other threads. For a deferred process only if
 * its main thread has ended, which leaves it without descriptors and its /proc files to root.
 */
void proc_walk_threads(struct proc_walk *walk, int64_t pid);

void proc_walk_release(struct proc_walk *walk);

#endif
