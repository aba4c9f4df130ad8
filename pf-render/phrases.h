/*
 * What the table and the stories say alike of a listener. Pure; all of them append text
 * that steers no terminal, and return 0 or -ENOMEM.
 */
#ifndef PF_PHRASES_H
#define PF_PHRASES_H

#include "stream/details.h"

/* A number without a value is a dash. */
int phrase_append_number(struct buffer *text, int64_t number);

/* A name without a value is a dash; an empty one is "". */
int phrase_append_name(struct buffer *text, struct bytes name);

/* An IPv6 address stands in brackets. */
int phrase_append_address(struct buffer *text, const struct address *address);

/* True where phrase_append_command_line() has something to append. */
bool phrase_has_command_line(const struct details *details);

/*
 * The arguments as words for a shell. A lone one with blanks in it is a title that the
 * program has given itself, and stands as it is, but for blanks at its end.
 */
int phrase_append_command_line(struct buffer *text, const struct details *details);

/*
 * What a container is called: its name, or its id, or of one that is only forwarded to
 * the address there; with nothing of these the runtime.
 */
int phrase_append_container(struct buffer *text, const struct container *container);

/* Where a container is reached: "172.17.0.2:80". There must be an address. */
int phrase_append_container_address(struct buffer *text, const struct container *container);

#endif
