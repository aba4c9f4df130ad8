/*
 * A view of bytes owned elsewhere. Text from the system may contain any bytes: it need not be
 * UTF-8, and may contain NULs.
 */
#ifndef PF_BYTES_H
#define PF_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
	const char *data; /* NULL: no value, as opposed to an empty one */
	size_t length;
};

static inline struct bytes bytes_of(const char *text)
{
	return (struct bytes){.data = text, .length = strlen(text)};
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool bytes_is(struct bytes bytes, const char *text)
{
	return bytes_equal(bytes, bytes_of(text));
}

/* Compares byte by byte. Returns <0, 0 or >0. */
static inline int bytes_compare(struct bytes a, struct bytes b)
{
	size_t length = a.length < b.length ? a.length : b.length;
	int order = length ? memcmp(a.data, b.data, length) : 0;

	return order ? order : (a.length > b.length) - (a.length < b.length);
}

static inline bool bytes_begin_with(struct bytes text, struct bytes prefix)
{
	return text.length >= prefix.length &&
		(prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

static inline bool bytes_end_with(struct bytes text, struct bytes suffix)
{
	return text.length >= suffix.length &&
		(suffix.length == 0 ||
			memcmp(text.data + text.length - suffix.length, suffix.data,
				suffix.length) == 0);
}

/* Returns what follows the first `count` bytes; `text` must be at least that long. */
static inline struct bytes bytes_skip(struct bytes text, size_t count)
{
	return (struct bytes){.data = text.data + count, .length = text.length - count};
}

/* If *text begins with `prefix`, removes it and returns true. */
static inline bool bytes_cut_prefix(struct bytes *text, const char *prefix)
{
	if (!bytes_begin_with(*text, bytes_of(prefix)))
		return false;
	*text = bytes_skip(*text, strlen(prefix));
	return true;
}

/* If *text ends with `suffix`, removes it and returns true. */
static inline bool bytes_cut_suffix(struct bytes *text, const char *suffix)
{
	if (!bytes_end_with(*text, bytes_of(suffix)))
		return false;
	text->length -= strlen(suffix);
	return true;
}

/*
 * Returns the part of *rest before the first `separator`, and sets *rest to what follows it.
 * Without a separator, returns all of *rest and sets rest->data to NULL.
 */
static inline struct bytes bytes_cut(struct bytes *rest, char separator)
{
	const char *at = rest->length ? memchr(rest->data, separator, rest->length) : NULL;
	struct bytes head = *rest;

	if (!at) {
		*rest = (struct bytes){0};
		return head;
	}
	head.length = (size_t)(at - rest->data);
	*rest = bytes_skip(*rest, head.length + 1);
	return head;
}

/* Returns what follows the last `separator`, or the whole text if there is none. */
static inline struct bytes bytes_last_part(struct bytes text, char separator)
{
	for (size_t i = text.length; i-- > 0;)
		if (text.data[i] == separator)
			return bytes_skip(text, i + 1);
	return text;
}

/* Removes spaces and the next word from the start of *line; returns the word, empty at the end. */
static inline struct bytes bytes_cut_word(struct bytes *line)
{
	struct bytes word;

	do
		word = bytes_cut(line, ' ');
	while (word.length == 0 && line->data);
	return word;
}

#endif
