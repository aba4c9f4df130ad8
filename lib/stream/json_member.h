/*
 * Iterates over the members of a JSON object in its text, so that a value can be replaced while
 * every other byte stays as it was. Parsing and dumping the object would turn 0.1 into
 * 0.10000000000000001.
 *
 * jansson must have accepted the text as an object: nothing is checked here.
 */
#ifndef PF_JSON_MEMBER_H
#define PF_JSON_MEMBER_H

#include "base/bytes.h"

/* Start with .rest as the object's text. The key and the value are views into it. */
struct json_member {
	struct bytes rest; /* what follows the member */
	struct bytes key; /* with its quotes, escapes not decoded */
	struct bytes value; /* likewise */
};

/* Advances to the first or next member. Returns false after the last one. */
bool json_member_next(struct json_member *member);

/* True if the member's key, with its escapes decoded, is `name`. */
bool json_member_is(const struct json_member *member, struct bytes name);

#endif
