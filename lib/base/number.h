/*
 * Strict numbers: every byte must be a digit. No sign, no blank, no prefix, no
 * silent overflow, unlike strtol() and sscanf().
 */
#ifndef PF_NUMBER_H
#define PF_NUMBER_H

#include <stdint.h>

#include "base/bytes.h"

/*
 * Reads a whole decimal number of at most `max`. Returns 0; -EINVAL where the
 * text is empty or holds anything but digits; -ERANGE where it exceeds `max`.
 * *ret_value is untouched on failure.
 */
int number_parse(struct bytes text, uint64_t max, uint64_t *ret_value);

/* The digits of the largest number, and a NUL. */
enum { NUMBER_TEXT_MAX = 21 };

/* Writes a number in decimal with a NUL behind it; returns its length. As snprintf(), and fast. */
size_t number_format(uint64_t number, char ret_text[NUMBER_TEXT_MAX]);

/* For sorting: <0, 0, >0. */
static inline int number_compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The finalizer of the SplitMix64 generator: every bit of the input moves every bit. */
static inline uint64_t number_mix(uint64_t value)
{
	value += 0x9e3779b97f4a7c15U;
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9U;
	value = (value ^ value >> 27) * 0x94d049bb133111ebU;
	return value ^ value >> 31;
}

/* The value of a hexadecimal digit of either case, or -1. */
int number_hex_digit(char digit);

/*
 * Reads exactly `digits` (at most 8) hexadecimal digits. Returns 0 or -EINVAL.
 */
int number_parse_hex(const char *text, size_t digits, uint32_t *ret_value);

/*
 * Reads seconds with up to three decimal places ("5", "0.25") into
 * milliseconds. Returns 0; -EINVAL where it is no such number; -ERANGE where
 * it exceeds a day.
 */
int number_parse_seconds(struct bytes text, int64_t *ret_milliseconds);

#endif
