/*
 * What Windows' tasklist /FO CSV /NH prints, row by row; pure. From Microsoft's
 * page of tasklist and from output that was published:
 *
 *   "System Idle Process","0","Services","0","8 K"
 *   "node.exe","9396","Console","1","100,032 K"
 *
 * It is CSV as of RFC 4180: any field may hold commas and line ends, and quotes
 * doubled. The first two columns are the same with /SVC, /M and /V, and nothing
 * behind them is read: the memory is written in the language of the system. So
 * are the headings, which are there without /NH, and the sentence in place of
 * the rows where no process is found. In code pages of two bytes a character the
 * second one is never a quote, a comma or a line end, so that bytes will do.
 */
#ifndef PF_TASKLIST_H
#define PF_TASKLIST_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/parse.h"

/* Starts from {.rest = text}; the text is at its end when rest.data is NULL. */
struct tasklist_reader {
	struct bytes rest;
	size_t line_number; /* in which the row given last begins, from 1 */
	size_t line_ends; /* before `rest` */
};

struct tasklist_row {
	struct bytes name; /* of the program: a view into the text, with its quotes doubled */
	int64_t pid; /* 0, the idle process, among them */
};

/*
 * Reads the next row. PARSE_SKIP for headings, blank lines, a sentence, and a row
 * that tells no name. After a row that is no CSV, for which *ret_why says why, as
 * for all that is malformed, it goes on with the next line. The last row needs no
 * line end.
 */
enum parse_result tasklist_next(
	struct tasklist_reader *reader, struct tasklist_row *ret_row, const char **ret_why);

/* Appends the name of a row, with its quotes as they were. Returns 0 or -ENOMEM. */
int tasklist_append_name(struct buffer *buffer, struct bytes name);

#endif
