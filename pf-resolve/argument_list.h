/*
 * The arguments of a program to run, collected one by one.
 */
#ifndef PF_ARGUMENT_LIST_H
#define PF_ARGUMENT_LIST_H

#include "base/bytes.h"

/* Start from {0}; the owner calls argument_list_release(). */
struct argument_list {
	char **items; /* NULL-terminated once there is one */
	size_t count;
	size_t capacity;
};

/* Adds a copy. Returns 0; -EINVAL if it contains a NUL, as no argument can; -ENOMEM. */
int argument_list_add(struct argument_list *list, struct bytes argument);

/* Adds copies of texts, up to NULL. Returns 0 or -ENOMEM. */
int argument_list_add_texts(struct argument_list *list, const char *const texts[]);

void argument_list_release(struct argument_list *list);

#endif
