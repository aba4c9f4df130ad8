/*
 * Messages on stderr.
 */
#ifndef PF_DIAG_H
#define PF_DIAG_H

/* Defined in each program's main file. */
extern const char program_name[];

/*
 * Writes "program: ", the message and a newline in a single write, so that messages of concurrent
 * stages don't interleave. Bytes that could control a terminal are written as \xNN. Messages are
 * truncated at 2 KiB.
 */
__attribute__((format(PF_PRINTF, 1, 2))) void diag(const char *format, ...);

/* Like diag(), but only if stderr is a terminal: for a user who is waiting. */
__attribute__((format(PF_PRINTF, 1, 2))) void diag_to_terminal(const char *format, ...);

/* Reports a program that is skipped because it fails os_is_safe_program(). */
void diag_unsafe_program(const char *path);

/* The message for a negative errno or -OS_NOT_PLAIN, as from strerror(). */
const char *diag_error(int error);

#endif
