/*
 * Text as a JSON string.
 */
#ifndef PF_JSON_TEXT_H
#define PF_JSON_TEXT_H

#include "base/buffer.h"

/*
 * Appends any bytes as a JSON string, its quotation marks included: what is not UTF-8
 * stands as \xNN, and nothing in it can end the string or the line, or steer a
 * terminal. 0 or -ENOMEM.
 */
int json_text_append(struct buffer *buffer, struct bytes text);

/*
 * The same, but that at most `max` bytes (3 or more) stand between the quotation marks: of a
 * longer text only the beginning, and "…" behind it.
 */
int json_text_append_cut(struct buffer *buffer, struct bytes text, size_t max);

#endif
