/*
 * The field output of lsof, lsof(8) under "OUTPUT FOR OTHER PROGRAMS"; pure.
 *
 * Each field is a line: a letter that names it, and its value. "p" begins a
 * process, whose further fields (command, user) hold for all its files; "f"
 * begins a file, but from 4.94 on it comes only when asked for, and then a file
 * begins where a field is given that the last one has already.
 */
#ifndef PF_LSOF_FIELDS_H
#define PF_LSOF_FIELDS_H

#include "base/parse.h"
#include "endpoint.h"

struct lsof_file {
	struct bytes fd; /* f; data NULL for a field that was not given, here and below */
	struct bytes type; /* t: "IPv4" */
	struct bytes proto; /* P: "TCP" */
	struct bytes name; /* n: "*:80", "10.0.0.1:80->10.0.0.2:4711" */
	struct bytes state; /* T, behind "ST=": "LISTEN" */
};

struct lsof_process {
	int64_t pid; /* LISTENER_NONE before the first one, and for one that is malformed */
	int64_t uid; /* u; LISTENER_NONE where not given */
	struct bytes command; /* c, as lsof has escaped it */
	struct bytes user; /* L */
};

/* Start from LSOF_PARSER_START. All bytes are views into the lines that were read. */
struct lsof_parser {
	struct lsof_process process;
	struct lsof_file file;
	bool has_begun; /* there was a "p" */
	bool is_after_warning; /* all that came before the first "p" */
	bool is_said; /* that the fields up to the next "p" belong to no process */
};

#define LSOF_PARSER_START                                                                          \
	{                                                                                          \
		.process = {.pid = LISTENER_NONE, .uid = LISTENER_NONE }                           \
	}

struct lsof_socket {
	struct endpoint endpoint;
	struct lsof_process process;
	int64_t fd; /* LISTENER_NONE where not given */
};

/* True for the field that begins a process, "p1234"; with -F0, others may follow in the line. */
bool lsof_is_process(struct bytes line);

/*
 * True for what lsof says on stderr, "lsof: WARNING: ...", which may come before the fields, and if
 * `is_after_warning`, for the indented lines that go on with it.
 */
bool lsof_is_warning(struct bytes line, bool is_after_warning);

/*
 * Takes the next field in. Where it ends a file, that file is judged:
 * PARSE_RECORD for a TCP socket that listens and a UDP socket that is bound and
 * not connected, PARSE_SKIP for any other; PARSE_MALFORMED with a sentence. At
 * the end of the output, call it once more with an empty line.
 */
enum parse_result lsof_parse_field(struct lsof_parser *parser, struct bytes line,
	struct lsof_socket *ret_socket, const char **ret_why);

/*
 * Appends a name without lsof's escapes: \\, \b, \f, \n, \r, \t, \xNN and ^X
 * for a control character. (A caret that was in the name looks the same before
 * one of @ to _: lsof doesn't escape it.) Returns 0 or -ENOMEM.
 */
int lsof_unescape(struct buffer *text, struct bytes escaped);

#endif
