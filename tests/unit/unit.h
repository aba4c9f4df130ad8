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

/*
 * Where a failure is reported: the line of the test that called a helper, if it was called by
 * UNIT_AT(), and else the line of the assertion. A helper gets that by a line behind it:
 *
 *   #define check(...) UNIT_AT(check(__VA_ARGS__))
 */
static const char *unit_file;
static int unit_line;
static int unit_depth;

static inline void unit_enter(const char *file, int line)
{
	if (unit_depth++)
		return;
	unit_file = file;
	unit_line = line;
}

static inline void unit_leave(void)
{
	if (--unit_depth == 0)
		unit_line = 0;
}

#define UNIT_AT(call) (unit_enter(__FILE__, __LINE__), (call), unit_leave())
#define UNIT_FILE (unit_line ? unit_file : __FILE__)
#define UNIT_LINE (unit_line ? unit_line : __LINE__)

#undef assert_true
#undef assert_false
#undef assert_null
#undef assert_non_null
#undef assert_int_equal
#undef fail_msg
#define assert_true(condition) _assert_true(!!(condition), #condition, UNIT_FILE, UNIT_LINE)
#define assert_false(condition)                                                                    \
	_assert_true(!(condition), "!(" #condition ")", UNIT_FILE, UNIT_LINE)
#define assert_null(pointer) _assert_true(!(pointer), #pointer " is NULL", UNIT_FILE, UNIT_LINE)
#define assert_non_null(pointer)                                                                   \
	_assert_true(!!(pointer), #pointer " is not NULL", UNIT_FILE, UNIT_LINE)
#define assert_int_equal(actual, expected)                                                         \
	unit_int((long long)(actual), (long long)(expected), UNIT_FILE, UNIT_LINE)
#define fail_msg(...)                                                                              \
	do {                                                                                       \
		print_error("ERROR: " __VA_ARGS__);                                                \
		print_error("\n");                                                                 \
		_fail(UNIT_FILE, UNIT_LINE);                                                       \
	} while (0)

/* A failed test jumps out of its helpers: the next one starts anew. */
#define TEST(name)                                                                                 \
	static void name##_body(void **state);                                                     \
	static void name(void **state)                                                             \
	{                                                                                          \
		unit_depth = 0;                                                                    \
		unit_line = 0;                                                                     \
		name##_body(state);                                                                \
	}                                                                                          \
	static void name##_body(__attribute__((unused)) void **state)

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

static inline void unit_int(long long actual, long long expected, const char *file, int line)
{
	if (actual == expected)
		return;
	print_error("expected %lld, found %lld\n", expected, actual);
	_fail(file, line);
}

/* Text of several lines is shown as lines. */
static inline void unit_print(const char *what, struct bytes bytes)
{
	bool has_lines = bytes.length && memchr(bytes.data, '\n', bytes.length - 1);

	print_error(has_lines ? "%s\n" : "%s: ", what);
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char byte = (unsigned char)bytes.data[i];

		if ((byte >= 0x20 && byte < 0x7f) || (has_lines && byte == '\n'))
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
	unit_print("--- expected", expected);
	unit_print("+++ found", actual);
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
#define assert_bytes(actual, expected) unit_equal(actual, expected, UNIT_FILE, UNIT_LINE)
#define assert_text(actual, expected)                                                              \
	unit_equal(bytes_of(actual), bytes_of(expected), UNIT_FILE, UNIT_LINE)

/* A number that a function gave for one case of a table: a failure tells which. */
#define assert_case(which, actual, expected)                                                       \
	unit_case(which, (long long)(actual), (long long)(expected), UNIT_FILE, UNIT_LINE)

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
