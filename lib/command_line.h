/*
 * A command line as Windows' programs take it apart; pure. There a program gets
 * one string, and its C library makes the arguments of it by the rules of
 * "Parsing C command-line arguments" in Microsoft's C language reference.
 */
#ifndef PF_COMMAND_LINE_H
#define PF_COMMAND_LINE_H

#include "buffer.h"

/*
 * Appends the arguments, up to NULL, quoted where they need to be. The first,
 * the program's name, must hold no quotation mark. 0 or -ENOMEM.
 */
int command_line_append(struct buffer *line, const char *const argv[]);

#endif
