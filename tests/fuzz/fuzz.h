/*
 * Shared by the fuzz targets. libFuzzer allocates each input at its exact length, so that the
 * sanitizer detects a read beyond its end.
 */
#ifndef PF_FUZZ_H
#define PF_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/address.h"
#include "base/buffer.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Must hold for any input. */
#define MUST(condition)                                                                            \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

static inline struct bytes fuzz_text(const uint8_t *data, size_t size)
{
	return (struct bytes){.data = (const char *)data, .length = size};
}

/* True if there is no value, or it lies within `whole`. */
static inline bool fuzz_is_view(struct bytes view, struct bytes whole)
{
	return !view.data ||
		(view.data >= whole.data && view.data + view.length <= whole.data + whole.length);
}

static inline bool fuzz_has(struct bytes text, char byte)
{
	return text.length && memchr(text.data, byte, text.length);
}

/* A constant message for people. */
static inline bool fuzz_is_sentence(const char *why)
{
	return why && *why && !strchr(why, '\n');
}

/* UTF-8 without control characters except newlines. */
static inline bool fuzz_is_clean(struct bytes text)
{
	while (text.length) {
		uint32_t character = 0;
		size_t length = text_next(text, &character);

		if (!length || (character != '\n' && text_is_unsafe(character)))
			return false;
		text = bytes_skip(text, length);
	}
	return true;
}

static inline bool fuzz_is_utf8(struct bytes text)
{
	while (text.length) {
		uint32_t character = 0;
		size_t length = text_next(text, &character);

		if (!length)
			return false;
		text = bytes_skip(text, length);
	}
	return true;
}

/* A formatted address must be parsed as the same address. */
static inline void fuzz_check_address(const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];
	struct address again;

	address_format(address, text);
	MUST(address_parse(bytes_of(text), address->family, &again) == 0);
	MUST(address_compare(address, &again) == 0);
}

#endif
