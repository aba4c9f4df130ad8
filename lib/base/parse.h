/*
 * The result of parsing a line or row.
 */
#ifndef PF_PARSE_H
#define PF_PARSE_H

enum parse_result {
	PARSE_RECORD,
	PARSE_SKIP, /* a heading, a blank line, a socket that doesn't listen */
	PARSE_MALFORMED,
};

#endif
