/*
 * A command line as Windows' programs take it apart; pure. There a program gets
 * one string, and its C library makes the arguments of it by the rules of
 * "Parsing C command-line arguments" in Microsoft's C language reference.
 */
#ifndef PF_COMMAND_LINE_H
#define PF_COMMAND_LINE_H

#include "base/buffer.h"

/*
 * Appends the arguments, up to NULL, quoted where they need to be. The first,
 * the program's name, must hold no quotation mark. 0 or -ENOMEM.
 */
int command_line_append(struct buffer *line, const char *const argv[]);

/*
 * Appends the arguments of a command line, a NUL behind each, as the C library of Visual
 * Studio 2008 and later takes them: older ones read a pair of quotation marks within others
 * in a way of their own. A program may also read its line by rules that nobody else knows.
 * The line holds no NUL. 0 or -ENOMEM.
 */
int command_line_split(struct bytes line, struct buffer *arguments);

#endif
