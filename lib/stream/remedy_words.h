/*
 * Formats a remedy as the end of a message.
 */
#ifndef PF_REMEDY_WORDS_H
#define PF_REMEDY_WORDS_H

#include "stream/details.h"

/* Leaves room for the rest of the message. */
enum { REMEDY_WORDS_MAX = REMEDY_COMMAND_MAX + 512 };

/*
 * "run COMMAND: WHY", or the parts of it that are known. A command is never truncated, since users
 * paste it, but omitted; a long reason is truncated with "…". For VERDICT_UNKNOWN, whose command
 * would do no more than a signal, it is "WHY: stop it there".
 */
void remedy_words(const struct remedy *remedy, char ret_words[REMEDY_WORDS_MAX]);

#endif
