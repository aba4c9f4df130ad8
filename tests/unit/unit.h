/*
 * What the unit tests share: cmocka with the headers it needs ahead of it, and
 * assertions that show the bytes that differ.
 */
#ifndef PF_UNIT_H
#define PF_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/bytes.h"

#define TEST(name) static void name(__attribute__((unused)) void **state)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A struct bytes of a literal that may hold NULs: as an initializer, and as a value. */
#define TEXT(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}
#define BYTES(literal) ((struct bytes)TEXT(literal))

/* valgrind ends a child that can't become a program, where posix_spawn(3) would tell. */
#define NEED_FAILING_EXEC()                                                                        \
	do {                                                                                       \
		if (getenv("PF_VALGRIND"))                                                         \
			skip();                                                                    \
	} while (0)

static inline void unit_print(const char *what, struct bytes bytes)
{
	print_error("%s: ", what);
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char byte = (unsigned char)bytes.data[i];

		if (byte >= 0x20 && byte < 0x7f)
			print_error("%c", byte);
		else
			print_error("\\x%02x", byte);
	}
	print_error(bytes.data ? "\n" : "(none)\n");
}

static inline void unit_equal(
	struct bytes actual, struct bytes expected, const char *file, int line)
{
	if (bytes_equal(actual, expected) && !actual.data == !expected.data)
		return;
	unit_print("expected", expected);
	unit_print("   found", actual);
	_fail(file, line);
}

static inline void unit_case(
	struct bytes which, long long actual, long long expected, const char *file, int line)
{
	if (actual == expected)
		return;
	unit_print("case", which);
	print_error("expected %lld, found %lld\n", expected, actual);
	_fail(file, line);
}

/* No value and an empty value are not the same. */
#define assert_bytes(actual, expected) unit_equal(actual, expected, __FILE__, __LINE__)
#define assert_text(actual, expected)                                                              \
	unit_equal(bytes_of(actual), bytes_of(expected), __FILE__, __LINE__)

/* A number that a function gave for one case of a table: a failure tells which. */
#define assert_case(which, actual, expected)                                                       \
	unit_case(which, (long long)(actual), (long long)(expected), __FILE__, __LINE__)

/*
 * A copy with nothing behind it, so that the sanitizer sees a byte read beyond
 * the end. To be freed.
 */
static inline char *unit_alone(struct bytes bytes)
{
	char *copy = malloc(bytes.length ? bytes.length : 1);

	assert_non_null(copy);
	if (bytes.length)
		memcpy(copy, bytes.data, bytes.length);
	return copy;
}

#endif
