/*
 * Windows command lines. A program gets one string, which its C library splits into arguments by
 * the rules of "Parsing C command-line arguments" in Microsoft's C language reference.
 */
#ifndef PF_COMMAND_LINE_H
#define PF_COMMAND_LINE_H

#include "base/buffer.h"

/*
 * Appends the arguments, up to NULL, with quotes if necessary. The first, the program's path, must
 * not contain quotation marks. Returns 0 or -ENOMEM.
 */
int command_line_append(struct buffer *line, const char *const argv[]);

/*
 * Splits a command line, which must not contain NULs, as the C library of Visual Studio 2008 and
 * later does, and appends each argument followed by a NUL. Older libraries treat a pair of
 * quotation marks within quotes differently, and a program may have its own rules. Returns 0 or
 * -ENOMEM.
 */
int command_line_split(struct bytes line, struct buffer *arguments);

#endif
