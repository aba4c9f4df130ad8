/*
 * Common to all programs: --help and --version, usage errors, and the final flush of the output,
 * which reports write errors.
 */
#ifndef PF_PROGRAM_H
#define PF_PROGRAM_H

#include <getopt.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "cli/writer.h"

/* Prints `text` on stdout. Returns the exit status: EXIT_ERROR if it can't be written. */
int program_print(const char *text);

/* Prints "NAME VERSION" on stdout. Returns the exit status. */
int program_version(void);

/*
 * getopt_long() that takes options after other arguments everywhere: musl's always does; glibc's,
 * BSD's and mingw-w64's do unless POSIXLY_CORRECT is set. Removes that variable.
 */
int program_next_option(
	int argc, char *argv[], const char *letters, const struct option *long_options);

/*
 * Reports the option that program_next_option() has just rejected by returning `refused`. It must
 * have been called with opterr 0, `letters` that begin with ':', and values from 256 on for long
 * options without a letter. Returns EXIT_ERROR.
 */
int program_wrong_option(int refused, const char *letters, char *const argv[]);

/* Reports "what: why" and how to get help; a long `what` is truncated. Returns EXIT_ERROR. */
int program_wrong_usage(const char *what, const char *why);

/*
 * Flushes the program's output and releases it. Returns `status`, or EXIT_ERROR with a message
 * if the output could not be written. A closed pipe is no error: the reader has read enough.
 */
int program_finish(struct writer *output, int status);

#endif
