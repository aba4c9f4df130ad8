/*
 * What the Windows files share: text of the wide-character functions, and the
 * errors of Windows as errno. The code page's own functions lose names that it
 * doesn't have.
 */
#ifndef PF_OS_WINDOWS_WIDE_H
#define PF_OS_WINDOWS_WIDE_H

#include <stdint.h>
#include <wchar.h>

#include "base/buffer.h"

/* UTF-8 as UTF-16, to be freed; NULL: out of memory. */
wchar_t *wide_of(const char *text);

/* Appends UTF-16, up to its NUL, as UTF-8. 0 or -ENOMEM. */
int wide_append(struct buffer *buffer, const wchar_t *text);

/* The same into an array, NUL-terminated. Returns 0, or -ENAMETOOLONG where it doesn't fit. */
int wide_copy(char *ret_text, size_t size, const wchar_t *text);

/* A variable of the environment as UTF-8, to be freed; NULL: there is none. */
char *wide_environment(const char *name);

/* What GetLastError() says of the call before, as a negative errno; never 0. */
int windows_error(void);

/* The same for an error that a function has returned. */
int windows_error_of(uint32_t error);

#endif
