/*
 * The words of a line, separated by blanks, as ss and netstat print their columns; pure.
 */
#ifndef PF_WORDS_H
#define PF_WORDS_H

#include "base/bytes.h"

/* Cuts blanks and the next word off the front of *line. Its length is 0 at the line's end. */
struct bytes words_cut(struct bytes *line);

/* The line without its leading blanks. */
struct bytes words_trim(struct bytes line);

/*
 * The line without the prefix of a filter or a quotation: "> " of PowerShell's Select-String, "12:"
 * of findstr /n, "netstat.txt:12:". Only for lines whose first word has no colon of its own.
 */
struct bytes words_unquote(struct bytes line);

/* True if the word is a decimal number of any size. */
bool word_is_number(struct bytes word);

/* True for an address with a port, "*:22", "[::]:0", "127.0.0.1.22"; not for "0.25" or "12:30:00".
 */
bool word_is_endpoint(struct bytes word);

/*
 * True if a line has what only rows of sockets have: two numbers, the queues, followed by an
 * address with a port, "0.0.0.0:22" or "*.22"; or two adjacent addresses with ports. A parser must
 * not skip such a line if it can't parse it.
 */
bool words_look_like_socket(struct bytes line);

#endif
