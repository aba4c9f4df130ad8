/*
 * Stages: programs of pf that another one runs. This is an edge: what goes wrong is reported
 * here, with the name of the program.
 */
#ifndef PF_STAGE_H
#define PF_STAGE_H

#include "base/buffer.h"
#include "os/os.h"
#include "os/spawn.h"

/* Start from {.directory = …, .name = …}, and finish each stage, started or not. */
struct stage {
	const char *directory; /* where it is looked for before PATH; NULL: only there */
	const char *name; /* "pf-render" */
	bool is_silent; /* its messages are lost */
	bool reports_errors; /* its exit status 2 is an answer, of which it has said all */
	struct child child;
	bool is_started;
};

/* The longest fixed part of a stage's arguments, its name and the final NULL included. */
enum { STAGE_ARGUMENTS_MAX = 16 };

/*
 * Starts the stage with `argv`, whose first is its name, between two
 * descriptors of the caller's, each of which may be SPAWN_NULL.
 */
void stage_start(struct stage *stage, const char *const argv[], int in, int out);

/*
 * As stage_start(), with a pipe in front of it. Returns the end to feed it by,
 * for stage_feed(), or SPAWN_NULL, which stage_feed() takes as well.
 */
int stage_start_fed(struct stage *stage, const char *const argv[], int out);

/*
 * Waits for the stage. Returns its exit status, EXIT_MATCHED or EXIT_NO_MATCH;
 * EXIT_ERROR, and says which stage it was and how it ended, where it could
 * not be started, failed or died.
 */
int stage_finish(struct stage *stage);

/*
 * Writes all and closes `fd`. A stage that doesn't read on will be found out when it finishes;
 * another error is said. Returns 0 or that error.
 */
int stage_feed(const struct stage *stage, int fd, struct bytes lines);

/* Says why a stage did not get its lines, which a stage that has ended says itself. */
void stage_say_not_fed(const struct stage *stage, int error);

/*
 * The directory of the running program, where its stages are. Returns `room`, or NULL if it is
 * unknown.
 */
const char *stage_directory(char room[OS_PATH_MAX]);

#endif
