#include "cell_text.h"

#include "unit.h"

const char program_name[] = "test";

TEST(a_duration_is_reported_in_two_units_at_most_and_never_rounded_up)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} durations[] = {
		{0, "0 s"},
		{1, "1 s"},
		{59, "59 s"},
		{60, "1 min"},
		{119, "1 min"},
		{5 * 60, "5 min"},
		{3599, "59 min"},
		{3600, "1 h"},
		{3600 + 59, "1 h"},
		{3 * 3600 + 20 * 60, "3 h 20 min"},
		{86399, "23 h 59 min"},
		{86400, "1 d"},
		{86400 + 3599, "1 d"},
		{2 * 86400 + 3 * 3600 + 59 * 60, "2 d 3 h"},
		{400 * 86400, "400 d"},
		{INT64_MAX, "106751991167300 d 15 h"},
	};

	for (size_t i = 0; i < COUNT(durations); i++) {
		struct buffer text = {0};

		assert_int_equal(buffer_append_byte(&text, '>'), 0);
		assert_int_equal(cell_append_duration(&text, durations[i].seconds), 0);
		assert_int_equal(text.data[0], '>');
		assert_bytes(bytes_skip(buffer_bytes(&text), 1), bytes_of(durations[i].text));
		buffer_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_duration_is_reported_in_two_units_at_most_and_never_rounded_up),
	};

	return cmocka_run_group_tests_name("cell_text", tests, NULL, NULL);
}
