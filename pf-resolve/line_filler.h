/*
 * Lines on their way through: each gets its names and is written, in order. A line whose user has
 * to be asked for is held, with those behind it, so that all users seen by then are asked for at
 * once. With details, all lines are held until the input ends, so that each tool is asked once.
 */
#ifndef PF_LINE_FILLER_H
#define PF_LINE_FILLER_H

#include "cli/writer.h"
#include "resolver.h"
#include "why/explainer.h"

/* Without details, memory stays bounded: with so many bytes held, the users are asked for. */
enum { LINE_FILLER_HELD_MAX = 1024 * 1024 };

struct held_line {
	size_t length; /* with its newline */
	int64_t uid; /* whose name it waits for; LISTENER_NONE: none */
	int64_t pid; /* whose details it waits for; LISTENER_NONE: none */
	int64_t identity;
	bool is_hidden; /* it waits for the container that publishes its port */
	size_t number; /* of explainer_add_hidden() */
};

/* Starts from {.resolver = …, .output.fd = …}; the owner calls line_filler_release(). */
struct line_filler {
	struct resolver *resolver; /* the caller's */
	struct explainer *explainer; /* the caller's; NULL: without details */
	struct writer output;
	struct buffer text; /* the lines held, one after the other */
	struct held_line *held;
	size_t count;
	size_t capacity;
	struct buffer scratch;
	int error; /* a negative errno: some lines lack what belongs to them */
};

/* Takes a line, and what listener_decode() read from it. Returns 0, or the output's error. */
int line_filler_take(
	struct line_filler *filler, struct bytes line, const struct listener *listener);

/* Writes the held lines, and flushes the output. Returns 0, or the output's error. */
int line_filler_flush(struct line_filler *filler);

/* Neither writes nor flushes; the output's own buffer is left to program_finish(). */
void line_filler_release(struct line_filler *filler);

#endif
