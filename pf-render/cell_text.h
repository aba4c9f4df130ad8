/*
 * The parts of a listener as text, for the table and for explanations. Pure. All functions append
 * text that is safe for a terminal, and return 0 or -ENOMEM.
 */
#ifndef PF_CELL_TEXT_H
#define PF_CELL_TEXT_H

#include "stream/details.h"

/* "-" if the number is unknown. */
int cell_append_number(struct buffer *text, int64_t number);

/* "-" if the name is unknown, "" in quotes if it is empty. */
int cell_append_name(struct buffer *text, struct bytes name);

/*
 * Seconds (0 or more) in at most two units, truncated, not rounded: "12 s", "5 min", "3 h 20
 * min", "2 d 3 h". A second unit of 0 is omitted, and so are the seconds from one minute on.
 */
int cell_append_duration(struct buffer *text, int64_t seconds);

/* IPv6 addresses are in brackets. */
int cell_append_address(struct buffer *text, const struct address *address);

/* " (3 sockets)" if `count` is 2; nothing if it is 0. */
int cell_append_more_sockets(struct buffer *text, size_t count);

/* True if cell_append_command_line() has something to append. */
bool cell_has_command_line(const struct details *details);

/*
 * The arguments as words for a shell. A single one that contains spaces is a title set by the
 * program, and is written as it is, without trailing spaces.
 */
int cell_append_command_line(struct buffer *text, const struct details *details);

/*
 * A container's name, or else its id, or else the address that the process forwards to, or else the
 * runtime.
 */
int cell_append_container(struct buffer *text, const struct container *container);

/* The container's address and port, "172.17.0.2:80". The address must be known. */
int cell_append_container_address(struct buffer *text, const struct container *container);

#endif
