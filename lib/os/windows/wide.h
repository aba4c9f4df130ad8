/*
 * Converts between UTF-8 and UTF-16, and Windows' errors to errno. Windows' code page functions
 * would lose characters that the code page lacks.
 */
#ifndef PF_OS_WINDOWS_WIDE_H
#define PF_OS_WINDOWS_WIDE_H

#include <stdint.h>
#include <wchar.h>

#include "base/buffer.h"

/* Converts UTF-8 to UTF-16. The caller frees it; NULL: out of memory. */
wchar_t *wide_of(const char *text);

/* Appends NUL-terminated UTF-16 as UTF-8, without the NUL. Returns 0 or -ENOMEM. */
int wide_append(struct buffer *buffer, const wchar_t *text);

/* Converts UTF-16 to UTF-8 with its NUL. Returns 0, or -ENAMETOOLONG if it doesn't fit. */
int wide_copy(char *ret_text, size_t size, const wchar_t *text);

/* An environment variable in UTF-8. The caller frees it; NULL: unset. */
char *wide_environment(const char *name);

/* GetLastError() as a negative errno; never 0. */
int windows_error(void);

/* The same for an error that a function returned. */
int windows_error_of(uint32_t error);

#endif
