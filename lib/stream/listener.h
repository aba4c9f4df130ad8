/*
 * A listener: one listening socket held by one process. This header and its
 * source are the one place where records become JSON and JSON becomes records;
 * pf-listener(5) is the format's manual.
 *
 * Ownership: a listener that listener_decode() gave has its texts in the line that it
 * was read from or in a document of its own; it holds as long as the line does, and
 * is released with listener_release(). One that a collector fills in by hand only
 * borrows its texts and is never released.
 */
#ifndef PF_LISTENER_H
#define PF_LISTENER_H

#include <jansson.h>

#include "base/address.h"
#include "base/buffer.h"

enum listener_proto {
	PROTO_TCP,
	PROTO_UDP,
};

enum {
	/* A number that is null or absent; those that are there are never negative. */
	LISTENER_NONE = -1,
	/* The longest line of a stream, its newline not counted. */
	LISTENER_LINE_MAX = 1024 * 1024,
};

struct listener {
	enum listener_proto proto;
	struct address address;
	uint16_t port; /* never 0 */
	int64_t pid; /* LISTENER_NONE: the holder is hidden, or it is the kernel */
	int64_t pid_start; /* with pid it names one process for ever; compare for equality only */
	int64_t uid; /* of the process; of the socket's creator where pid is none */
	struct bytes command; /* any bytes; data NULL where not known */
	struct bytes user; /* likewise */
	int64_t fd; /* the lowest descriptor of the process for this socket */
	int64_t inode;
	enum v6only v6only;
	json_t *document; /* what the texts of a decoded listener live in */
};

/* Why a line is no listener, as a sentence that may quote the line's bytes. */
struct listener_problem {
	char text[256];
};

/* "tcp" or "udp". */
const char *listener_proto_name(enum listener_proto proto);

/* Appends the listener as one line, its newline included. Returns 0 or -ENOMEM. */
int listener_encode(const struct listener *listener, struct buffer *line);

/*
 * Reads one line (no newline needed). Returns 0; -EINVAL where it is no
 * listener, and why; -ENOMEM. *ret_listener is untouched on failure.
 * Of keys that are not known, the values are checked to be JSON with numbers
 * that jansson can hold: integers of 64 bits, reals of a double's range.
 */
int listener_decode(
	struct bytes line, struct listener *ret_listener, struct listener_problem *ret_problem);

/*
 * Appends `line`, which listener_decode() has accepted, with a newline, all its
 * bytes as they are, but for the values of "command" and "user": each is
 * replaced where `command` or `user` has data. A line that would become longer than
 * LISTENER_LINE_MAX stays as it was. Returns 0 or -ENOMEM.
 */
int listener_complete(
	struct bytes line, struct bytes command, struct bytes user, struct buffer *ret_line);

/* Orders by port, protocol, address (IPv4 first, then numerically), pid (none first), start. */
int listener_compare(const struct listener *a, const struct listener *b);

void listener_release(struct listener *listener);

#endif
