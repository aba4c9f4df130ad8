/*
 * What a pure parser of a collector says of one line of its source.
 */
#ifndef PF_PARSE_H
#define PF_PARSE_H

enum parse_result {
	PARSE_RECORD,
	PARSE_SKIP, /* a heading, a blank line, a socket that doesn't listen */
	PARSE_MALFORMED,
};

#endif
