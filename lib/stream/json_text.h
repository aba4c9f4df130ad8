/*
 * Writes text as a JSON string.
 */
#ifndef PF_JSON_TEXT_H
#define PF_JSON_TEXT_H

#include "base/buffer.h"

/*
 * Appends any bytes as a JSON string with its quotation marks. Invalid UTF-8 is written as
 * \xNN; characters that could end the string or the line, or control a terminal, are escaped.
 * Returns 0 or -ENOMEM.
 */
int json_text_append(struct buffer *buffer, struct bytes text);

/*
 * Like json_text_append(), but with at most `max` bytes (3 or more) between the quotation
 * marks: a longer text is truncated and ends in "…".
 */
int json_text_append_truncated(struct buffer *buffer, struct bytes text, size_t max);

#endif
