/*
 * Words for a shell: what a person can paste.
 */
#ifndef PF_SHELL_WORD_H
#define PF_SHELL_WORD_H

#include "base/buffer.h"

/* Appends a word, quoted where sh(1) would not take it as it is. 0 or -ENOMEM. */
int shell_word_append(struct buffer *buffer, struct bytes word);

#endif
