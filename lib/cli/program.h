/*
 * What every program does alike: its start, --help and --version, wrong options,
 * and the end, at which a write that failed is found out.
 */
#ifndef PF_PROGRAM_H
#define PF_PROGRAM_H

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "cli/writer.h"

/* Prints `text` on stdout. Returns the exit status: a full disk is trouble here, too. */
int program_print(const char *text);

/* Prints "NAME VERSION" on stdout. Returns the exit status. */
int program_version(void);

/*
 * Says what getopt_long() has just refused by returning `refused`. It must have
 * been called with opterr 0, with `letters` that begin with ':', and with
 * values from 256 on for the long options without a letter. Returns EXIT_ERROR.
 */
int program_wrong_option(int refused, const char *letters, char *const argv[]);

/* Says "what: why" and how to get help; `what` is cut where it is long. Returns EXIT_ERROR. */
int program_wrong_usage(const char *what, const char *why);

/*
 * Flushes the program's output and releases it. Returns `status`, or
 * EXIT_ERROR with a message where the output could not be written. A reader
 * that went away is not an error: it had enough.
 */
int program_finish(struct writer *output, int status);

#endif
