/*
 * Lines that are as wide as a terminal at most.
 */
#ifndef PF_CLIP_H
#define PF_CLIP_H

#include "base/buffer.h"

/*
 * Cuts what stands in `text` from `start` on, well-formed, safe text without escape
 * sequences, so that it takes `columns` (1 or more) of a terminal at most: where it is
 * cut, "…" is in the last of them, and no wide character is halved. 0 or -ENOMEM.
 */
int clip(struct buffer *text, size_t start, size_t columns);

/* Likewise, but cuts the beginning: "…" is in the first column. */
int clip_front(struct buffer *text, size_t start, size_t columns);

#endif
