/*
 * Who holds a port, among resolved lines: for what pf itself says of it. Pure.
 */
#ifndef PF_HOLDERS_H
#define PF_HOLDERS_H

#include "listener.h"

enum { HOLDER_NAME_MAX = 320 };

/* "node (12345)", "process 12345" or "a hidden process"; returns ret_name. */
const char *holder_name(const struct listener *listener, char ret_name[HOLDER_NAME_MAX]);

/* Whether one of the lines is of the same process, port and protocol. */
bool holders_have(struct bytes lines, const struct listener *holder);

/*
 * Cuts lines off the front of *rest, which is the end of `lines`, up to the next holder
 * that no line before tells of: both families of one port are one piece of news.
 * Returns false where there is none; else the caller releases *ret_holder, whose line
 * ret_line is, unless it is NULL.
 */
bool holders_next(struct bytes lines, struct bytes *rest, struct listener *ret_holder,
	struct bytes *ret_line);

/* Whether something listens on one of the ports from `low` to `high`. */
bool holders_are_on(struct bytes lines, unsigned low, unsigned high);

#endif
