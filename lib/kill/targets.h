/*
 * Processes to kill. Each is identified by pid and identity, so that a later process with the same
 * pid is never killed.
 */
#ifndef PF_TARGETS_H
#define PF_TARGETS_H

#include "os/os.h"
#include "stream/details.h"

enum target_state {
	TARGET_LISTED,
	TARGET_REFUSED, /* not to be killed, already reported; or the user answered no */
	TARGET_OPEN, /* its process is open: it is the listed one, and may be signalled */
	TARGET_SIGNALLED,
	TARGET_ENDED,
};

struct target {
	int64_t pid; /* LISTENER_NONE: hidden */
	int64_t identity; /* LISTENER_NONE: unknown */
	/* One of its sockets. */
	enum listener_proto proto;
	struct address address;
	uint16_t port;
	/* The inodes of all that it was listed with, as uint64_t; empty: the OS has none. */
	struct buffer inodes;
	struct buffer host; /* another machine, on which the process is; empty: this one */
	char label[96]; /* "node (12345)", safe for a terminal */
	enum verdict verdict; /* from the line, or from examining this machine */
	struct buffer remedy; /* from remedy_words(); only for VERDICT_STOP */
	enum target_state state;
	struct os_process process; /* from TARGET_OPEN on */
};

/* Start from {0}; the owner calls targets_release(). */
struct targets {
	struct target *items;
	size_t count;
	size_t capacity;
};

/* Adds the holder of a listener, with its remedy. Returns 0 or -ENOMEM. */
int targets_add(
	struct targets *targets, const struct listener *listener, const struct remedy *remedy);

/*
 * Merges targets that are the same process, and those without a pid that have the same port.
 * Returns 0 or -ENOMEM.
 */
int targets_merge(struct targets *targets);

/* Sets the verdict, and for VERDICT_STOP the remedy. Returns 0 or -ENOMEM. */
int target_set_remedy(struct target *target, const struct remedy *remedy);

/* Has the target refused, unless forced, for this reason. Returns 0 or -ENOMEM. */
int target_set_obstacle(struct target *target, const char *why);

/*
 * Whether the process no longer holds any of its listed sockets: it keeps its identity when it
 * closes them, or executes another program. False if that is unknown.
 */
bool target_has_let_go(const struct target *target);

enum { TARGET_OBJECTION_MAX = 320 };

/*
 * True if a target must not be signalled, even with --force; ret_why is then the reason, with what
 * to do instead.
 */
bool target_is_refused(const struct target *target, char ret_why[TARGET_OBJECTION_MAX]);

void targets_release(struct targets *targets);

#endif
