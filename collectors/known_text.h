/*
 * Recognizes texts that people mistake for captures although no collector can read them; pure.
 */
#ifndef PF_KNOWN_TEXT_H
#define PF_KNOWN_TEXT_H

#include "base/bytes.h"

/* Returns "this is ...; pf needs ...", a constant; NULL if the text is not recognized. */
const char *known_text_describe(struct bytes text);

#endif
