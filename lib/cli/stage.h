/*
 * Stages: programs of pf that another one runs. Errors are reported here, on stderr, with the
 * name of the stage.
 */
#ifndef PF_STAGE_H
#define PF_STAGE_H

#include "base/buffer.h"
#include "os/os.h"
#include "os/spawn.h"

/* Start from {.directory = …, .name = …}. Call stage_finish() whether or not it was started. */
struct stage {
	const char *directory; /* searched before PATH; NULL: search only PATH */
	const char *name; /* "pf-render" */
	bool is_optional; /* its failure is not reported */
	bool is_silent; /* discard its stderr */
	bool reports_errors; /* it reports its own errors: exit status 2 needs no message */
	struct child child;
	bool is_started;
	bool has_reported; /* set by stage_finish(): it did so, and said what was wrong */
};

/* The most fixed arguments of a stage, with its name and the final NULL. */
enum { STAGE_ARGUMENTS_MAX = 16 };

/*
 * Starts the stage with `argv`, including argv[0]. `in` and `out` may be SPAWN_NULL, and stay the
 * caller's to close. Errors are reported, and stage_finish() then returns EXIT_ERROR.
 */
void stage_start(struct stage *stage, const char *const argv[], int in, int out);

/*
 * Like stage_start(), with a new pipe as its input. Returns the pipe's write end, or SPAWN_NULL on
 * failure; stage_feed() accepts both.
 */
int stage_start_fed(struct stage *stage, const char *const argv[], int out);

/*
 * Waits for the stage. Returns its exit status EXIT_MATCHED or EXIT_NO_MATCH, or EXIT_ERROR if it
 * could not be started, failed or was killed by a signal, which is reported.
 */
int stage_finish(struct stage *stage);

/*
 * Writes `lines` and closes `fd`. Returns 0 or an error, already reported. A stage that has closed
 * its input is no error here: stage_finish() reports why it ended.
 */
int stage_feed(const struct stage *stage, int fd, struct bytes lines);

/* Reports an error other than -EPIPE of writing to a stage. */
void stage_report_write_error(const struct stage *stage, int error);

/* The directory of the running program and its stages; NULL: unknown. */
const char *stage_directory(void);

#endif
