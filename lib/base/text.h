/*
 * Text made safe: for JSON, for a terminal, for a message. Names come from
 * whoever started the process, so every byte of them may be meant to do harm.
 */
#ifndef PF_TEXT_H
#define PF_TEXT_H

#include <stdint.h>

#include "base/buffer.h"

/*
 * Reads the first character of `text` (not empty). Returns its length in
 * bytes, or 0 where the bytes are not well-formed UTF-8 (RFC 3629: no
 * surrogates, nothing overlong, nothing above U+10FFFF).
 */
size_t text_next(struct bytes text, uint32_t *ret_character);

/*
 * True for a character that can move the cursor, switch the terminal's state,
 * or make text look like other text: the control characters of C0 and C1, the
 * invisible and the bidirectional format characters, line separators.
 */
bool text_is_unsafe(uint32_t character);

/* Columns that a character takes on a terminal: 0, 1 or 2 (Unicode UAX #11). */
unsigned text_character_width(uint32_t character);

/* Columns that well-formed, safe text takes. */
size_t text_width(struct bytes text);

/* Appends `text` as UTF-8: each byte that is not part of any stands as \xNN. 0 or -ENOMEM. */
int text_append_utf8(struct buffer *buffer, struct bytes text);

/* As text_append_utf8(), and unsafe characters stand as \xNN, byte by byte. 0 or -ENOMEM. */
int text_append_visible(struct buffer *buffer, struct bytes text);

/*
 * Appends a JSON text (valid, as UTF-8) with the same meaning in which no
 * unsafe character stands raw: \u escapes within strings, blanks for the tabs
 * and carriage returns between tokens. 0 or -ENOMEM.
 */
int text_append_safe_json(struct buffer *buffer, struct bytes json);

#endif
