/*
 * Makes text safe for JSON, terminals and messages. Whoever starts a process chooses its name,
 * which may be malicious.
 */
#ifndef PF_TEXT_H
#define PF_TEXT_H

#include <stdint.h>

#include "base/buffer.h"

/*
 * Decodes the first character of `text`, which must not be empty. Returns its length in bytes, or 0
 * if it isn't valid UTF-8 (RFC 3629: no surrogates, no overlong sequences, at most U+10FFFF).
 */
size_t text_next(struct bytes text, uint32_t *ret_character);

/*
 * True for a character that can move the cursor, change the terminal's state, or make text look
 * like other text: C0 and C1 control characters, invisible and bidirectional format characters,
 * line separators.
 */
bool text_is_unsafe(uint32_t character);

/* A character's width in columns of a terminal: 0, 1 or 2 (Unicode UAX #11). */
unsigned text_character_width(uint32_t character);

/* The width in columns of valid UTF-8 without unsafe characters. */
size_t text_width(struct bytes text);

/* Appends `text` with each byte of invalid UTF-8 as \xNN. Returns 0 or -ENOMEM. */
int text_append_utf8(struct buffer *buffer, struct bytes text);

/* The same, with each byte of an unsafe character as \xNN too. */
int text_append_visible(struct buffer *buffer, struct bytes text);

/*
 * Appends valid JSON in UTF-8 with all unsafe characters replaced, without changing its meaning: \u
 * escapes in strings, spaces for control characters between tokens. Returns 0 or -ENOMEM.
 */
int text_append_safe_json(struct buffer *buffer, struct bytes json);

#endif
