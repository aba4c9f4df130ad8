/*
 * Descriptors are those of the C library, but I/O uses the Windows functions on their HANDLEs,
 * whose errors distinguish a closed pipe from an invalid call.
 */
#ifndef PF_OS_WINDOWS_DESCRIPTOR_H
#define PF_OS_WINDOWS_DESCRIPTOR_H

#include <stddef.h>

/* The HANDLE of a descriptor. */
void *windows_handle_of(int fd);

/*
 * Writes UTF-8 to a console, which would otherwise take the bytes for its code page. Returns 0 or a
 * negative errno.
 */
int windows_write_console(void *console, const char *text, size_t length);

#endif
