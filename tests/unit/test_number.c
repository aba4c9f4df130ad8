#include "base/number.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

enum { UNTOUCHED = 4711 };

static const struct {
	struct bytes text;
	uint64_t max;
	int status;
	uint64_t value;
} decimals[] = {
	{TEXT("0"), 0, 0, 0},
	{TEXT("1"), 0, -ERANGE, UNTOUCHED},
	{TEXT("007"), 9, 0, 7},
	{TEXT("65535"), 65535, 0, 65535},
	{TEXT("65536"), 65535, -ERANGE, UNTOUCHED},
	{TEXT("00000000000000000000000000065535"), 65535, 0, 65535},
	{TEXT("12"), 5, -ERANGE, UNTOUCHED},
	{TEXT("6"), 5, -ERANGE, UNTOUCHED},
	{TEXT("4294967295"), UINT32_MAX, 0, UINT32_MAX},
	{TEXT("4294967296"), UINT32_MAX, -ERANGE, UNTOUCHED},
	{TEXT("9223372036854775807"), INT64_MAX, 0, INT64_MAX},
	{TEXT("9223372036854775808"), INT64_MAX, -ERANGE, UNTOUCHED},
	{TEXT("18446744073709551615"), UINT64_MAX, 0, UINT64_MAX},
	{TEXT("18446744073709551616"), UINT64_MAX, -ERANGE, UNTOUCHED},
	/* Would come out as 0 and as 1 in 64 bits. */
	{TEXT("36893488147419103232"), UINT64_MAX, -ERANGE, UNTOUCHED},
	{TEXT("18446744073709551617"), 65535, -ERANGE, UNTOUCHED},
	{TEXT(""), 9, -EINVAL, UNTOUCHED},
	{TEXT("-1"), 9, -EINVAL, UNTOUCHED},
	{TEXT("+1"), 9, -EINVAL, UNTOUCHED},
	{TEXT(" 1"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1 "), 9, -EINVAL, UNTOUCHED},
	{TEXT("1\n"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1\0"), 9, -EINVAL, UNTOUCHED},
	{TEXT("0x1"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1e0"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1.0"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1/"), 9, -EINVAL, UNTOUCHED},
	{TEXT("1:"), 9, -EINVAL, UNTOUCHED},
	{TEXT("\xb1"), 9, -EINVAL, UNTOUCHED},
	/* Not a number at all, which is worse than too large. */
	{TEXT("99999999999999999999x"), 9, -EINVAL, UNTOUCHED},
};

TEST(only_digits_within_the_bound_are_a_number)
{
	for (size_t i = 0; i < COUNT(decimals); i++) {
		struct bytes text = decimals[i].text;
		char *alone = unit_alone(text);
		uint64_t value = UNTOUCHED;

		assert_case(text,
			number_parse((struct bytes){alone, text.length}, decimals[i].max, &value),
			decimals[i].status);
		assert_case(text, value, decimals[i].value);
		free(alone);
	}
}

TEST(no_text_is_no_number)
{
	uint64_t value = UNTOUCHED;

	assert_int_equal(number_parse((struct bytes){0}, 9, &value), -EINVAL);
	assert_int_equal(value, UNTOUCHED);
}

TEST(hexadecimal_digits_of_either_case_are_read_and_no_other_byte)
{
	static const char digits[] = "0123456789abcdef";
	static const char capitals[] = "0123456789ABCDEF";

	for (int byte = 0; byte < 256; byte++) {
		const char *at = byte ? strchr(digits, byte) : NULL;
		const char *capital = byte ? strchr(capitals, byte) : NULL;
		int expected = at ? (int)(at - digits) : capital ? (int)(capital - capitals) : -1;

		assert_int_equal(number_hex_digit((char)byte), expected);
	}
}

static const struct {
	struct bytes text;
	int status;
	uint32_t value;
} hexadecimals[] = {
	{TEXT("0"), 0, 0},
	{TEXT("0A"), 0, 10},
	{TEXT("0BB8"), 0, 3000},
	{TEXT("ffffffff"), 0, UINT32_MAX},
	{TEXT("FFFFFFFF"), 0, UINT32_MAX},
	{TEXT("80000000"), 0, UINT32_C(1) << 31},
	{TEXT("0x10"), -EINVAL, UNTOUCHED},
	{TEXT(" A"), -EINVAL, UNTOUCHED},
	{TEXT("A "), -EINVAL, UNTOUCHED},
	{TEXT("-1"), -EINVAL, UNTOUCHED},
	{TEXT("G000"), -EINVAL, UNTOUCHED},
	{TEXT("000g"), -EINVAL, UNTOUCHED},
	{TEXT("0\0"), -EINVAL, UNTOUCHED},
};

TEST(a_word_of_a_kernel_table_is_read_whole)
{
	for (size_t i = 0; i < COUNT(hexadecimals); i++) {
		struct bytes text = hexadecimals[i].text;
		char *alone = unit_alone(text);
		uint32_t value = UNTOUCHED;

		assert_case(
			text, number_parse_hex(alone, text.length, &value), hexadecimals[i].status);
		assert_case(text, value, hexadecimals[i].value);
		free(alone);
	}
}

TEST(digits_behind_the_wanted_ones_are_not_read)
{
	uint32_t value;

	assert_int_equal(number_parse_hex("0BB8:zz", 4, &value), 0);
	assert_int_equal(value, 3000);
}

static const struct {
	struct bytes text;
	int status;
	int64_t milliseconds;
} times[] = {
	{TEXT("0"), 0, 0},
	{TEXT("5"), 0, 5000},
	{TEXT("0.25"), 0, 250},
	{TEXT("0.5"), 0, 500},
	{TEXT("0.001"), 0, 1},
	{TEXT("1.010"), 0, 1010},
	{TEXT("86399.999"), 0, 86399999},
	{TEXT("86400"), 0, 86400000},
	{TEXT("86400.000"), 0, 86400000},
	{TEXT("86400.001"), -ERANGE, UNTOUCHED},
	{TEXT("86401"), -ERANGE, UNTOUCHED},
	{TEXT("99999999999999999999"), -ERANGE, UNTOUCHED},
	{TEXT(""), -EINVAL, UNTOUCHED},
	{TEXT("."), -EINVAL, UNTOUCHED},
	{TEXT("5."), -EINVAL, UNTOUCHED},
	{TEXT(".5"), 0, 500},
	{TEXT("."), -EINVAL, UNTOUCHED},
	{TEXT("0.0001"), -EINVAL, UNTOUCHED},
	{TEXT("1.2.3"), -EINVAL, UNTOUCHED},
	{TEXT("-1"), -EINVAL, UNTOUCHED},
	{TEXT("1.-5"), -EINVAL, UNTOUCHED},
	{TEXT("1e3"), -EINVAL, UNTOUCHED},
	{TEXT("1,5"), -EINVAL, UNTOUCHED},
	{TEXT("5s"), 0, 5000},
	{TEXT("s"), -EINVAL, UNTOUCHED},
	{TEXT("5ss"), -EINVAL, UNTOUCHED},
	{TEXT("inf"), -EINVAL, UNTOUCHED},
};

TEST(a_timeout_is_seconds_to_the_millisecond_and_no_more_than_a_day)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		int64_t milliseconds = UNTOUCHED;

		assert_case(times[i].text, number_parse_seconds(times[i].text, &milliseconds),
			times[i].status);
		assert_case(times[i].text, milliseconds, times[i].milliseconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_digits_within_the_bound_are_a_number),
		cmocka_unit_test(no_text_is_no_number),
		cmocka_unit_test(hexadecimal_digits_of_either_case_are_read_and_no_other_byte),
		cmocka_unit_test(a_word_of_a_kernel_table_is_read_whole),
		cmocka_unit_test(digits_behind_the_wanted_ones_are_not_read),
		cmocka_unit_test(a_timeout_is_seconds_to_the_millisecond_and_no_more_than_a_day),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
