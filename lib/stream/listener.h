/*
 * A listener: one listening socket held by one process, and its JSON line in the stream.
 * pf-listener(5) documents the format; only this header's sources and details.h's read and
 * write it.
 *
 * Ownership: the texts of a listener from listener_decode() are in the line that it was decoded
 * from or in its document. It is valid as long as the line, and is released with
 * listener_release(). One that a collector fills in only borrows its texts and is never
 * released.
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
	LISTENER_NONE = -1, /* a number that is null or absent; no valid one is negative */
	LISTENER_LINE_MAX = 1024 * 1024, /* the longest line in bytes, without its newline */
};

struct listener {
	enum listener_proto proto;
	struct address address;
	uint16_t port; /* never 0 */
	int64_t pid; /* LISTENER_NONE: the holder is hidden, or it is the kernel */
	int64_t pid_start; /* with pid, the process's identity; compare for equality only */
	int64_t uid; /* of the process, or of the socket's creator if pid is LISTENER_NONE */
	struct bytes command; /* any bytes; data NULL: unknown */
	struct bytes user; /* likewise */
	int64_t fd; /* the process's lowest descriptor for this socket */
	int64_t inode;
	enum v6only v6only;
	struct bytes host; /* another machine, which the line is from; data NULL: none */
	json_t *document; /* owns the texts of a decoded listener; NULL: they are in its line */
};

/* Why a line is malformed, for a message. It may quote bytes of the line. */
struct listener_problem {
	char text[256];
};

/* "tcp" or "udp". */
const char *listener_proto_name(enum listener_proto proto);

/* Appends the listener as a line with its newline. Returns 0 or -ENOMEM. */
int listener_encode(const struct listener *listener, struct buffer *line);

/*
 * Decodes a line, with or without its newline. Returns 0; -EINVAL if it is malformed, and why in
 * *ret_problem; -ENOMEM. *ret_listener is untouched on failure. The value of an unknown key may
 * be any JSON whose numbers jansson can hold: 64-bit integers, and reals in a double's range.
 */
int listener_decode(
	struct bytes line, struct listener *ret_listener, struct listener_problem *ret_problem);

/*
 * Decodes a line of exactly the form that listener_encode() writes, if its texts are ASCII
 * without escapes; they are views into the line. Returns false for any other line, malformed or
 * not. listener_decode() tries this first: jansson would take some 3 µs a line in every stage,
 * most of the time of a long list.
 */
bool listener_fast_decode(struct bytes line, struct listener *ret_listener);

/*
 * Appends `line`, which listener_decode() accepted, and a newline. The values of "command" and
 * "user" are replaced by `command` and `user`, unless their data is NULL; all other bytes stay
 * as they are. If the line would exceed LISTENER_LINE_MAX, it stays as it was. Returns 0 or
 * -ENOMEM.
 */
int listener_complete(
	struct bytes line, struct bytes command, struct bytes user, struct buffer *ret_line);

/*
 * Orders by port, protocol, address (IPv4 first, then numerically), pid (LISTENER_NONE first),
 * and pid_start.
 */
int listener_compare(const struct listener *a, const struct listener *b);

void listener_release(struct listener *listener);

#endif
