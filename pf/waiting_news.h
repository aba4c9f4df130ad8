/*
 * What is said of a wait.
 */
#ifndef PF_WAITING_NEWS_H
#define PF_WAITING_NEWS_H

#include "waiting.h"

/* Tells a person what is waited for, of what a look has found, in one line. */
void waiting_news_begin(const struct options *options, enum wanted wanted, struct bytes lines);

/* Says of each holder, or of each port or range, that it is still so when timed out. */
void waiting_news_end(const struct options *options, enum wanted wanted, struct bytes lines,
	int64_t milliseconds);

#endif
