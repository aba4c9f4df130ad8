/*
 * Quotes words for commands that users paste into a shell.
 */
#ifndef PF_SHELL_WORD_H
#define PF_SHELL_WORD_H

#include "base/buffer.h"

/* Appends a word, quoted for sh(1) if necessary. Returns 0 or -ENOMEM. */
int shell_word_append(struct buffer *buffer, struct bytes word);

#endif
