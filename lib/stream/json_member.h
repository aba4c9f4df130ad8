/*
 * Walks the members of a JSON object's text without touching it, so that a
 * value can be replaced where it stands and every other byte stays as it was:
 * writing a parsed object anew would turn 0.1 into 0.10000000000000001.
 *
 * The text must be one that jansson has accepted as an object; nothing is
 * checked here.
 */
#ifndef PF_JSON_MEMBER_H
#define PF_JSON_MEMBER_H

#include "base/bytes.h"

/* Start with .rest as the object's text; key and value are views into it. */
struct json_member {
	struct bytes rest; /* what is still to be walked */
	struct bytes key; /* with its quotes */
	struct bytes value;
};

/* Goes to the first or next member. Returns false behind the last one. */
bool json_member_next(struct json_member *member);

/* True where the member's key, its escapes decoded, is `name`. */
bool json_member_is(const struct json_member *member, struct bytes name);

#endif
