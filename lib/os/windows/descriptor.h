/*
 * Descriptors are those of the C library, for the callers' sake; what they stand for is read and
 * written with Windows' own functions, whose errors tell a reader that went away from a wrong call.
 */
#ifndef PF_OS_WINDOWS_DESCRIPTOR_H
#define PF_OS_WINDOWS_DESCRIPTOR_H

#include <stddef.h>

/* The HANDLE of a descriptor. */
void *windows_handle_of(int fd);

/* Writes UTF-8 to a console, which else shows the bytes of its code page. 0 or a negative errno. */
int windows_write_console(void *console, const char *text, size_t length);

#endif
