/*
 * Processes to be killed, each held by its identity, so that no later process with the same pid can
 * take its place.
 */
#ifndef PF_TARGETS_H
#define PF_TARGETS_H

#include "os/os.h"
#include "stream/details.h"

enum target_state {
	TARGET_LISTED,
	TARGET_REFUSED, /* and so said; or left alone because the person answered no */
	TARGET_OPEN, /* held by its handle: it is the listed one, and may be signalled */
	TARGET_SIGNALLED,
	TARGET_ENDED,
};

struct target {
	int64_t pid; /* LISTENER_NONE: hidden */
	int64_t identity; /* LISTENER_NONE: unknown */
	/* One socket that it holds. */
	enum listener_proto proto;
	struct address address;
	uint16_t port;
	char label[96]; /* "node (12345)", safe for a terminal */
	enum verdict verdict; /* what the line tells of its remedy, or the machine */
	struct buffer remedy; /* as remedy_words() says it, where a signal would not do */
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

/* Makes one target of those that are one process, and of the hidden holders of one port. */
void targets_unite(struct targets *targets);

/* Keeps what is to be done instead of a signal. Returns 0 or -ENOMEM. */
int target_keep_remedy(struct target *target, const struct remedy *remedy);

enum { TARGET_OBJECTION_MAX = 320 };

/*
 * True where a target must not be signalled, whatever its process says: ret_why
 * gets the reason, with the way out.
 */
bool target_is_refused(const struct target *target, char ret_why[TARGET_OBJECTION_MAX]);

void targets_release(struct targets *targets);

#endif
