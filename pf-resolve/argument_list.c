#include "argument_list.h"

#include <errno.h>

#include "base/array.h"

int argument_list_add(struct argument_list *list, struct bytes argument)
{
	char **items;
	char *copy;

	if (argument.length && memchr(argument.data, '\0', argument.length))
		return -EINVAL;
	items = array_reserve(list->items, list->count + 1, &list->capacity, sizeof(*items));
	if (!items)
		return -ENOMEM;
	list->items = items;
	copy = malloc(argument.length + 1);
	if (!copy)
		return -ENOMEM;
	if (argument.length)
		memcpy(copy, argument.data, argument.length);
	copy[argument.length] = '\0';
	items[list->count++] = copy;
	items[list->count] = NULL;
	return 0;
}

int argument_list_add_texts(struct argument_list *list, const char *const texts[])
{
	int error = 0;

	for (size_t i = 0; texts[i] && !error; i++)
		error = argument_list_add(list, bytes_of(texts[i]));
	return error;
}

void argument_list_release(struct argument_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
	*list = (struct argument_list){0};
}
