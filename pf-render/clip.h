/*
 * Cutting lines to the width of a terminal.
 */
#ifndef PF_CLIP_H
#define PF_CLIP_H

#include "base/buffer.h"

/*
 * Cuts the text from `start` on to at most `columns` (1 or more) of a terminal, with "…" in
 * the last one; no wide character is split. It must be well-formed and have no escape sequences.
 * Returns 0 or -ENOMEM.
 */
int clip(struct buffer *text, size_t start, size_t columns);

/* Likewise, but cuts off the beginning, with "…" in the first column. */
int clip_front(struct buffer *text, size_t start, size_t columns);

#endif
