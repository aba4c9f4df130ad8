/*
 * Text under construction. Nothing is appended after an error, so checking `error` once at the end
 * is enough. The text is safe for a terminal.
 */
#ifndef PF_PARAGRAPH_H
#define PF_PARAGRAPH_H

#include "base/buffer.h"
#include "stream/listener.h"

struct paragraph {
	struct buffer *text;
	int error; /* 0 or -ENOMEM */
};

/* Appends trusted text unchanged. */
void paragraph_put(struct paragraph *paragraph, const char *text);

/* Appends untrusted text with control characters made visible. */
void paragraph_put_visible(struct paragraph *paragraph, struct bytes text);

void paragraph_put_number(struct paragraph *paragraph, int64_t number);

/* "node (12345)", or "process 12345" if the command is unknown. */
void paragraph_put_process(struct paragraph *paragraph, struct bytes command, int64_t pid);

/* "127.0.0.1:3000", with "/udp" appended for UDP. */
void paragraph_put_socket(struct paragraph *paragraph, const struct listener *listener);

/*
 * Folds the last line, which begins at `start` and ends in "\n", at spaces, to fit `columns` of a
 * terminal. Continuation lines are indented like text after a label of paragraph_begin_line().
 */
void paragraph_fold_line(struct paragraph *paragraph, size_t start, size_t columns);

/* Begins an indented line with a label; the caller ends it with "\n". */
void paragraph_begin_line(struct paragraph *paragraph, const char *label);

#endif
