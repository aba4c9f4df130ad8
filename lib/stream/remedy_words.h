/*
 * A remedy as the end of a message; pure.
 */
#ifndef PF_REMEDY_WORDS_H
#define PF_REMEDY_WORDS_H

#include "stream/details.h"

/* Short enough that a message has room for what surrounds it. */
enum { REMEDY_WORDS_MAX = REMEDY_COMMAND_MAX + 512 };

/*
 * "run COMMAND: WHY", or the parts of it that are known. A command is whole or omitted, since it is
 * to be pasted; a long reason is truncated with "…". For an unknown verdict, where the command
 * would do no more than a signal, it is "WHY: stop it there".
 */
void remedy_words(const struct remedy *remedy, char ret_words[REMEDY_WORDS_MAX]);

#endif
