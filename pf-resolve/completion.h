/*
 * Lines on their way through: each gets its names and is written, in the order in
 * which they came. A line whose user has to be asked for is held, and so are those
 * behind it, so that all users that the input has by then are asked for at once. With
 * details, all lines are held until the input ends: what they need is asked for once.
 */
#ifndef PF_COMPLETION_H
#define PF_COMPLETION_H

#include "cli/writer.h"
#include "resolver.h"
#include "why/inquiry.h"

/* Without details, memory stays bounded: when so many bytes are held, the users are asked for. */
enum { COMPLETION_HELD_MAX = 1024 * 1024 };

struct held_line {
	size_t length; /* with its newline */
	int64_t uid; /* whose name it waits for; LISTENER_NONE: it has it */
	int64_t pid; /* whose details it waits for; LISTENER_NONE: none */
	int64_t pid_start;
};

/* Starts from {.resolver = …, .output.fd = …}; the owner calls completion_release(). */
struct completion {
	struct resolver *resolver; /* the caller's */
	struct inquiry *inquiry; /* the caller's; NULL: without details */
	struct writer output;
	struct buffer text; /* the lines held, one after the other */
	struct held_line *held;
	size_t count;
	size_t capacity;
	struct buffer scratch;
	int error; /* a negative errno: some lines came through without all that belongs to them */
};

/* Takes a line, and what listener_decode() has read in it. Returns 0, or the output's error. */
int completion_take(
	struct completion *completion, struct bytes line, const struct listener *listener);

/* Writes the lines that are held, and flushes the output. Returns 0, or the output's error. */
int completion_pass_on(struct completion *completion);

/* Neither writes nor flushes; the output's own buffer is left to program_finish(). */
void completion_release(struct completion *completion);

#endif
