#include "base/port_set.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

static const char no_port[] = "not a port: give a number, or a range such as 3000-3100";
static const char missing[] = "a port is missing";
static const char out_of_range[] = "a port is from 1 to 65535";
static const char backwards[] = "the range runs backwards: the lower port comes first";

/* Adds, and checks that these ranges of ports, and no others, are in the set. */
static void check_ports(struct bytes spec, const unsigned ranges[][2], size_t count)
{
	struct port_set set = {0};
	const char *why = "untouched";
	unsigned members = 0;

	assert_case(spec, port_set_add(&set, spec, &why), 0);
	assert_text(why, "untouched");
	for (unsigned port = 0; port <= PORT_MAX; port++) {
		bool expected = false;

		for (size_t i = 0; i < count; i++)
			expected |= port >= ranges[i][0] && port <= ranges[i][1];
		assert_case(spec, port_set_has(&set, (uint16_t)port), expected);
		members += expected;
	}
	assert_case(spec, set.count, members);
}
#define check_ports(...) UNIT_AT(check_ports(__VA_ARGS__))

TEST(each_way_to_name_ports_names_those_and_no_others)
{
	check_ports(BYTES("3000"), (const unsigned[][2]){{3000, 3000}}, 1);
	check_ports(BYTES(":3000"), (const unsigned[][2]){{3000, 3000}}, 1);
	check_ports(BYTES("80"), (const unsigned[][2]){{80, 80}}, 1);
	check_ports(BYTES("1"), (const unsigned[][2]){{1, 1}}, 1);
	check_ports(BYTES("65535"), (const unsigned[][2]){{65535, 65535}}, 1);
	check_ports(BYTES("63-64"), (const unsigned[][2]){{63, 64}}, 1);
	check_ports(BYTES("3000-3100"), (const unsigned[][2]){{3000, 3100}}, 1);
	check_ports(BYTES(":3000-3100"), (const unsigned[][2]){{3000, 3100}}, 1);
	check_ports(BYTES("80-80"), (const unsigned[][2]){{80, 80}}, 1);
	check_ports(BYTES("1-65535"), (const unsigned[][2]){{1, 65535}}, 1);
	check_ports(BYTES("3000,8080"), (const unsigned[][2]){{3000, 3000}, {8080, 8080}}, 2);
	check_ports(BYTES("9,:1-5,7"), (const unsigned[][2]){{9, 9}, {1, 5}, {7, 7}}, 3);
	check_ports(BYTES("80,80,70-90"), (const unsigned[][2]){{70, 90}}, 1);
	check_ports(BYTES("0080"), (const unsigned[][2]){{80, 80}}, 1);
}

TEST(each_part_of_what_was_asked_for_is_reported_alone_and_in_its_order)
{
	struct bytes spec = BYTES("3000-3100,:80,80,9-9");
	const unsigned expected[][2] = {{3000, 3100}, {80, 80}, {80, 80}, {9, 9}};
	unsigned low = 0;
	unsigned high = 0;

	for (size_t i = 0; i < COUNT(expected); i++) {
		assert_true(port_set_cut(&spec, &low, &high));
		assert_int_equal(low, expected[i][0]);
		assert_int_equal(high, expected[i][1]);
	}
	assert_false(port_set_cut(&spec, &low, &high));
	assert_int_equal(low, 9);
	assert_int_equal(high, 9);
}

static const struct {
	struct bytes spec;
	const char *why;
} refusals[] = {
	{TEXT(""), missing},
	{TEXT(":"), missing},
	{TEXT("-"), missing},
	{TEXT("-80"), missing},
	{TEXT("80-"), missing},
	{TEXT(","), missing},
	{TEXT("80,"), missing},
	{TEXT(",80"), missing},
	{TEXT("80,,90"), missing},
	{TEXT("0"), out_of_range},
	{TEXT("65536"), out_of_range},
	{TEXT("99999999999999999999"), out_of_range},
	{TEXT("0-80"), out_of_range},
	{TEXT("1-65536"), out_of_range},
	{TEXT("80-79"), backwards},
	{TEXT("65535-1"), backwards},
	{TEXT("+80"), no_port},
	{TEXT(" 80"), no_port},
	{TEXT("80 "), no_port},
	{TEXT("0x50"), no_port},
	{TEXT("::80"), no_port},
	{TEXT("http"), no_port},
	{TEXT("80-90-100"), no_port},
	{TEXT("80-:90"), no_port},
	{TEXT("80;90"), no_port},
	{TEXT("80.0"), no_port},
	{TEXT("80\0"), no_port},
	{TEXT("80\n"), no_port},
	{TEXT("--80"), missing},
	{TEXT("127.0.0.1:80"), no_port},
};

TEST(what_is_no_port_is_refused_with_the_reason)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		struct port_set set = {0};
		const char *why = NULL;

		assert_case(refusals[i].spec, port_set_add(&set, refusals[i].spec, &why), -EINVAL);
		assert_text(why, refusals[i].why);
	}
}

TEST(a_port_of_65536_is_refused)
{
	struct port_set set = {0};
	const char *why = NULL;

	assert_int_equal(port_set_add(&set, BYTES("65535"), &why), 0);
	assert_int_equal(port_set_add(&set, BYTES("65536"), &why), -EINVAL);
	assert_text(why, out_of_range);
	assert_int_equal(set.count, 1);
	assert_true(port_set_has(&set, 65535));
	assert_false(port_set_has(&set, 0));
}

TEST(a_wrong_part_leaves_the_set_as_it_was)
{
	struct port_set set = {0};
	struct port_set before;
	const char *why = NULL;

	assert_int_equal(port_set_add(&set, BYTES("22"), &why), 0);
	before = set;
	assert_int_equal(port_set_add(&set, BYTES("3000,4000-4100,0"), &why), -EINVAL);
	assert_text(why, out_of_range);
	assert_memory_equal(&set, &before, sizeof(set));
}

TEST(several_arguments_add_up)
{
	struct port_set set = {0};
	const char *why = NULL;

	assert_int_equal(port_set_add(&set, BYTES("80-82"), &why), 0);
	assert_int_equal(port_set_add(&set, BYTES("82,443"), &why), 0);
	assert_int_equal(set.count, 4);
	assert_true(port_set_has(&set, 80) && port_set_has(&set, 81) && port_set_has(&set, 82));
	assert_true(port_set_has(&set, 443));
}

TEST(no_port_asked_for_means_every_port)
{
	struct port_set set = {0};
	const char *why = NULL;

	assert_true(port_set_wants(&set, 1));
	assert_true(port_set_wants(&set, 65535));
	assert_false(port_set_has(&set, 1));
	assert_int_equal(port_set_add(&set, BYTES("80"), &why), 0);
	assert_true(port_set_wants(&set, 80));
	assert_false(port_set_wants(&set, 8042));
	assert_false(port_set_wants(&set, 8));
}

static void check_bounds(const struct port_set *set, unsigned expected_low, unsigned expected_high)
{
	uint16_t low = 0;
	uint16_t high = 0;

	port_set_bounds(set, &low, &high);
	assert_int_equal(low, expected_low);
	assert_int_equal(high, expected_high);
}
#define check_bounds(...) UNIT_AT(check_bounds(__VA_ARGS__))

TEST(the_bounds_hold_all_the_ports_and_no_more)
{
	static const struct {
		struct bytes spec;
		unsigned low;
		unsigned high;
	} cases[] = {
		{TEXT("3000"), 3000, 3000},
		{TEXT("3000-3100"), 3000, 3100},
		{TEXT("8080,80"), 80, 8080},
		{TEXT("9,1-5,7"), 1, 9},
		{TEXT("1"), 1, 1},
		{TEXT("65535"), 65535, 65535},
		{TEXT("65535,1"), 1, 65535},
		{TEXT("2-65534"), 2, 65534},
		{TEXT("63-64"), 63, 64},
		{TEXT("1-65535"), 1, 65535},
	};
	struct port_set all = {0};
	const char *why = NULL;

	check_bounds(&all, 1, 65535);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct port_set set = {0};

		assert_case(cases[i].spec, port_set_add(&set, cases[i].spec, &why), 0);
		check_bounds(&set, cases[i].low, cases[i].high);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_to_name_ports_names_those_and_no_others),
		cmocka_unit_test(
			each_part_of_what_was_asked_for_is_reported_alone_and_in_its_order),
		cmocka_unit_test(what_is_no_port_is_refused_with_the_reason),
		cmocka_unit_test(a_port_of_65536_is_refused),
		cmocka_unit_test(a_wrong_part_leaves_the_set_as_it_was),
		cmocka_unit_test(several_arguments_add_up),
		cmocka_unit_test(no_port_asked_for_means_every_port),
		cmocka_unit_test(the_bounds_hold_all_the_ports_and_no_more),
	};

	return cmocka_run_group_tests_name("port_set", tests, NULL, NULL);
}
