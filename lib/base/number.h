/*
 * Strict parsing of numbers: every byte must be a digit. Unlike strtol() and sscanf(), no sign,
 * blanks or prefix, and no silent overflow.
 */
#ifndef PF_NUMBER_H
#define PF_NUMBER_H

#include <stdint.h>

#include "base/bytes.h"

/*
 * Parses a decimal integer of at most `max`. Returns 0; -EINVAL if the text is empty or contains
 * anything but digits; -ERANGE if the number exceeds `max`. *ret_value is untouched on failure.
 */
int number_parse(struct bytes text, uint64_t max, uint64_t *ret_value);

/* The digits of the largest 64-bit number and a NUL. */
enum { NUMBER_TEXT_MAX = 21 };

/* Formats a number in decimal, NUL-terminated, and returns its length: a fast snprintf(). */
size_t number_format(uint64_t number, char ret_text[NUMBER_TEXT_MAX]);

/* Returns <0, 0 or >0. */
static inline int number_compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The SplitMix64 generator's finalizer: every bit of the input affects every bit of the result. */
static inline uint64_t number_mix(uint64_t value)
{
	value += 0x9e3779b97f4a7c15U;
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9U;
	value = (value ^ value >> 27) * 0x94d049bb133111ebU;
	return value ^ value >> 31;
}

/* The value of a hexadecimal digit of either case, or -1. */
int number_hex_digit(char digit);

/* Parses exactly `digits` (at most 8) hexadecimal digits. Returns 0 or -EINVAL. */
int number_parse_hex(const char *text, size_t digits, uint32_t *ret_value);

/*
 * Parses seconds with up to three decimal places ("5", "0.25", ".5", "5s") into milliseconds.
 * Returns 0; -EINVAL if the text is no such number; -ERANGE if it exceeds a day.
 */
int number_parse_seconds(struct bytes text, int64_t *ret_milliseconds);

#endif
