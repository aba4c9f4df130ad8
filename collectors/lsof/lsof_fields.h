/*
 * The field output of lsof, lsof(8) under "OUTPUT FOR OTHER PROGRAMS"; pure.
 *
 * Each field is a line: a letter that names it, and its value. "p" begins a process, whose other
 * fields (command, user) apply to all its files. "f" begins a file, but since 4.94 only if
 * requested; without it, a file begins with a field that the current one already has.
 */
#ifndef PF_LSOF_FIELDS_H
#define PF_LSOF_FIELDS_H

#include "base/parse.h"
#include "endpoint.h"

struct lsof_file {
	struct bytes fd; /* f; data NULL: not given; likewise below */
	struct bytes type; /* t: "IPv4" */
	struct bytes proto; /* P: "TCP" */
	struct bytes name; /* n: "*:80", "10.0.0.1:80->10.0.0.2:4711" */
	struct bytes state; /* T, behind "ST=": "LISTEN" */
};

struct lsof_process {
	int64_t pid; /* LISTENER_NONE before the first process, and for a malformed pid */
	int64_t uid; /* u; LISTENER_NONE if not given */
	struct bytes command; /* c, with lsof's escapes */
	struct bytes user; /* L */
};

/* Start from LSOF_PARSER_START. All bytes are views into the lines that were read. */
struct lsof_parser {
	struct lsof_process process;
	struct lsof_file file;
	bool has_begun; /* there was a "p" */
	bool is_after_warning; /* a warning was read before the first "p" */
	bool is_reported; /* that the fields up to the next "p" belong to no process */
};

#define LSOF_PARSER_START                                                                          \
	{                                                                                          \
		.process = {.pid = LISTENER_NONE, .uid = LISTENER_NONE }                           \
	}

struct lsof_socket {
	struct endpoint endpoint;
	struct lsof_process process;
	int64_t fd; /* LISTENER_NONE if not given */
};

/* True for the field that begins a process, "p1234"; with -F0, others may follow in its line. */
bool lsof_is_process(struct bytes line);

/*
 * True for what lsof prints on stderr, "lsof: WARNING: ...", which may precede the fields, and if
 * `is_after_warning`, for the indented lines that continue it.
 */
bool lsof_is_warning(struct bytes line, bool is_after_warning);

/*
 * Parses the next field. If it ends a file, the result is about that file: PARSE_RECORD for a TCP
 * socket that listens and a UDP socket that is bound and not connected, PARSE_SKIP for any other,
 * or PARSE_MALFORMED with a reason. At the end of the output, call it once more with an empty line.
 */
enum parse_result lsof_parse_field(struct lsof_parser *parser, struct bytes line,
	struct lsof_socket *ret_socket, const char **ret_why);

/*
 * Appends a name with lsof's escapes decoded: \\, \b, \f, \n, \r, \t, \xNN and ^X for a control
 * character. lsof doesn't escape a caret, so one before @ to _ is decoded by mistake. Returns 0 or
 * -ENOMEM.
 */
int lsof_unescape(struct buffer *text, struct bytes escaped);

#endif
