/*
 * Texts that people take for captures and that no collector can read: what they are, and what to
 * give instead; pure.
 */
#ifndef PF_KNOWN_TEXT_H
#define PF_KNOWN_TEXT_H

#include "base/bytes.h"

/* "this is ...; pf needs ...", a constant; NULL if the text is none of these. */
const char *known_text_describe(struct bytes text);

#endif
