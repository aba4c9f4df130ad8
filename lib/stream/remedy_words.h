/*
 * A remedy as the end of a message. Pure.
 */
#ifndef PF_REMEDY_WORDS_H
#define PF_REMEDY_WORDS_H

#include "stream/details.h"

/* So long that a message has room for the words, and for what stands around them. */
enum { REMEDY_WORDS_MAX = REMEDY_COMMAND_MAX + 512 };

/*
 * "run COMMAND: WHY", or what there is of it. A command is there whole or not at all, since it is
 * to be pasted; of a long reason there is the beginning, and "…". For an unknown verdict, where
 * the command would do no more than a signal, it is "WHY: stop it there".
 */
void remedy_words(const struct remedy *remedy, char ret_words[REMEDY_WORDS_MAX]);

#endif
