/*
 * Durations, formatted for people.
 */
#ifndef PF_DURATION_H
#define PF_DURATION_H

#include <stdint.h>

#include "base/buffer.h"

/*
 * Appends seconds (0 or more) in at most two units, truncated, not rounded: "12 s", "5 min",
 * "3 h 20 min", "2 d 3 h". A second unit of 0 is omitted, and so are the seconds from one minute
 * on. Returns 0 or -ENOMEM.
 */
int duration_append(struct buffer *text, int64_t seconds);

#endif
