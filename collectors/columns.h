/*
 * Lines of columns with blanks between them, as ss and netstat print them; pure.
 */
#ifndef PF_COLUMNS_H
#define PF_COLUMNS_H

#include "base/bytes.h"

/* Cuts blanks and the next word off the front of *line. Its length is 0 at the line's end. */
struct bytes columns_cut(struct bytes *line);

/* What is left of a line after its leading blanks. */
struct bytes columns_trim(struct bytes line);

/*
 * The line without what a filter or a quotation puts before it: "> " of PowerShell's
 * Select-String, "12:" of findstr /n, "netstat.txt:12:". Only for lines whose first word has no
 * colon of its own.
 */
struct bytes columns_unquote(struct bytes line);

/* True if the word is a decimal number of any size. */
bool columns_is_number(struct bytes word);

/* True for an address with a port, "*:22", "[::]:0", "127.0.0.1.22"; not for "0.25" or "12:30:00".
 */
bool columns_is_endpoint(struct bytes word);

/*
 * True if a line has what only rows of sockets have: two numbers, the queues, and then an
 * address with a port, "0.0.0.0:22" or "*.22"; or two addresses with ports next to each other.
 * A parser that does not know such a line must not skip it.
 */
bool columns_look_like_socket(struct bytes line);

#endif
