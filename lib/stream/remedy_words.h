/*
 * Formats a remedy as the end of a message.
 */
#ifndef PF_REMEDY_WORDS_H
#define PF_REMEDY_WORDS_H

#include "stream/details.h"

/* Leaves room for the rest of the message. */
enum { REMEDY_WORDS_MAX = REMEDY_COMMAND_MAX + 512 };

/*
 * "WHY; run COMMAND", or the parts of it that are known. The command comes last, and is never
 * truncated but omitted, since users paste it; a long reason is truncated with "…". For
 * VERDICT_UNKNOWN with a command that is a mere signal, it is "WHY: stop it there".
 */
void remedy_words(const struct remedy *remedy, char ret_words[REMEDY_WORDS_MAX]);

#endif
