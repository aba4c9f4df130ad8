/*
 * A page in the making: what is put on it is put only while nothing has failed, so that
 * one look at `error` at the end will do. Nothing that is put there steers a terminal.
 */
#ifndef PF_PAGE_H
#define PF_PAGE_H

#include "base/buffer.h"
#include "stream/listener.h"

struct page {
	struct buffer *text;
	int error; /* 0 or -ENOMEM */
};

/* As it is. */
void page_put(struct page *page, const char *text);

/* Text of others, made visible. */
void page_put_visible(struct page *page, struct bytes text);

void page_put_number(struct page *page, int64_t number);

/* "node (12345)", or where the command isn't known "process 12345". */
void page_put_process(struct page *page, struct bytes command, int64_t pid);

/* "127.0.0.1:3000"; UDP is told by a "/udp" behind it. */
void page_put_socket(struct page *page, const struct listener *listener);

/*
 * Folds the last line, which starts at `start` and has its "\n", at spaces, so that it takes
 * `columns` of a terminal; what goes on is as far to the right as what page_begin_line() begins.
 */
void page_fold_line(struct page *page, size_t start, size_t columns);

/* Begins a line that belongs to the one above, with its label; "\n" ends it. */
void page_begin_line(struct page *page, const char *label);

#endif
