#include "why/proc_clock.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

TEST(the_time_of_boot_is_found_among_the_other_lines)
{
	int64_t seconds = 0;

	assert_int_equal(
		proc_parse_boot_time(
			BYTES("cpu  1 2 3\nintr 5 0 0\nbtime 1700000000\nprocesses 7\n"), &seconds),
		0);
	assert_int_equal(seconds, 1700000000);
	assert_int_equal(proc_parse_boot_time(BYTES("btime 12"), &seconds), 0);
	assert_int_equal(seconds, 12);
}

TEST(a_machine_that_tells_no_time_of_boot_has_none)
{
	static const struct bytes texts[] = {TEXT(""), TEXT("cpu 1\n"), TEXT("btime \n"),
		TEXT("btime -1\n"), TEXT("btime 1x\n"), TEXT("xbtime 1\n"),
		TEXT("btime 9223372036854775807\n"), TEXT("btime 99999999999999999999\n"),
		{NULL, 0}};
	int64_t seconds = 7;

	for (size_t i = 0; i < COUNT(texts); i++)
		assert_case(texts[i], proc_parse_boot_time(texts[i], &seconds), -EINVAL);
	assert_int_equal(seconds, 7);
}

TEST(the_uptime_is_counted_in_ticks)
{
	int64_t ticks = 0;

	assert_int_equal(proc_parse_uptime(BYTES("350735.47 234388.90\n"), &ticks), 0);
	assert_int_equal(ticks, 35073547);
	assert_int_equal(proc_parse_uptime(BYTES("0.05 0.00"), &ticks), 0);
	assert_int_equal(ticks, 5);
}

TEST(what_is_no_uptime_is_refused)
{
	static const struct bytes texts[] = {TEXT(""), TEXT("1"), TEXT("1."), TEXT("1.5 2"),
		TEXT("1.234 2"), TEXT(".05 1"), TEXT("-1.00 1"), TEXT("1.0x 1"),
		TEXT("99999999999999999999.00 1"), TEXT("92233720368547758.07 1"), {NULL, 0}};
	int64_t ticks = 7;

	for (size_t i = 0; i < COUNT(texts); i++)
		assert_case(texts[i], proc_parse_uptime(texts[i], &ticks), -EINVAL);
	assert_int_equal(ticks, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_of_boot_is_found_among_the_other_lines),
		cmocka_unit_test(a_machine_that_tells_no_time_of_boot_has_none),
		cmocka_unit_test(the_uptime_is_counted_in_ticks),
		cmocka_unit_test(what_is_no_uptime_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
