/*
 * The output of Windows' tasklist /FO CSV /NH, row by row; pure. From Microsoft's page on tasklist
 * and from published output:
 *
 *   "System Idle Process","0","Services","0","8 K"
 *   "node.exe","9396","Console","1","100,032 K"
 *
 * It is CSV as in RFC 4180: any field may contain commas, line ends, and doubled quotes. The first
 * two columns are the same with /SVC, /M and /V, and nothing after them is read: the memory column
 * is in the system's language. So are the headings, present without /NH, and the sentence printed
 * instead of rows if no process is found. In double-byte code pages the second byte is never a
 * quote, a comma or a line end, so reading bytes is enough.
 */
#ifndef PF_TASKLIST_H
#define PF_TASKLIST_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/parse.h"

/* Starts from {.rest = text}; at the end of the text, rest.data is NULL. */
struct tasklist_reader {
	struct bytes rest;
	size_t line_number; /* where the last row returned begins, from 1 */
	size_t line_ends; /* before `rest` */
};

struct tasklist_row {
	struct bytes name; /* of the program: a view into the text, quotes still doubled */
	int64_t pid; /* 0 is the idle process */
};

/*
 * Reads the next row. PARSE_SKIP for headings, blank lines, a sentence, and a row without a name.
 * If a row is malformed, *ret_why is the reason; after one that is not CSV, reading continues at
 * the next line. The last row needs no line end.
 */
enum parse_result tasklist_next(
	struct tasklist_reader *reader, struct tasklist_row *ret_row, const char **ret_why);

/* Appends the name of a row, its quotes no longer doubled. Returns 0 or -ENOMEM. */
int tasklist_append_name(struct buffer *buffer, struct bytes name);

#endif
