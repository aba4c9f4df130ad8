/*
 * Messages for a person, on stderr.
 */
#ifndef PF_DIAG_H
#define PF_DIAG_H

/* Each program's main file defines its own. */
extern const char program_name[];

/*
 * Writes "program: " and the message and a newline in one call, so that the
 * messages of stages that run side by side don't mix. Bytes that could steer a
 * terminal stand as \xNN. A message of over 2 KiB is cut.
 */
__attribute__((format(PF_PRINTF, 1, 2))) void diag(const char *format, ...);

/* As diag(), and only where stderr is a terminal: news for a person who waits. */
__attribute__((format(PF_PRINTF, 1, 2))) void diag_person(const char *format, ...);

/* Says of a program that os_is_safe_program() warns of, why it is passed over. */
void diag_passed_over(const char *path);

/* What a negative errno means, in the words of strerror(). */
const char *diag_error(int error);

#endif
