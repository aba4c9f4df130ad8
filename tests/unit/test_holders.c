#include "holders.h"

#include "unit.h"

const char program_name[] = "test";

#define LINE(proto, family, address, port, pid, command)                                           \
	"{\"proto\":\"" proto "\",\"family\":\"" family "\",\"address\":\"" address                \
	"\",\"port\":" port ",\"pid\":" pid ",\"uid\":0,\"command\":" command ",\"user\":null}\n"

#define NODE_IPV4 LINE("tcp", "ipv4", "0.0.0.0", "3000", "7382", "\"node\"")
#define NODE_IPV6 LINE("tcp", "ipv6", "::", "3000", "7382", "\"node\"")
#define NODE_UDP LINE("udp", "ipv4", "0.0.0.0", "3000", "7382", "\"node\"")
#define OTHER LINE("tcp", "ipv4", "0.0.0.0", "3000", "7383", "null")
#define HIDDEN LINE("tcp", "ipv4", "127.0.0.1", "5432", "null", "null")

static struct listener decode(struct bytes line)
{
	struct listener listener;
	struct listener_problem problem;

	assert_int_equal(listener_decode(bytes_cut(&line, '\n'), &listener, &problem), 0);
	return listener;
}

static void check_name(struct bytes line, const char *expected)
{
	struct listener listener = decode(line);
	char name[HOLDER_NAME_MAX];

	assert_text(holder_name(&listener, name), expected);
	listener_release(&listener);
}

TEST(a_holder_is_named_as_far_as_it_is_known)
{
	check_name(BYTES(NODE_IPV4), "node (7382)");
	check_name(BYTES(OTHER), "process 7383");
	check_name(BYTES(HIDDEN), "a hidden process");
}

/* Cut in the middle, it would lose the pid, which is what one ends it by. */
TEST(a_holder_whose_name_has_no_end_is_named_by_its_pid)
{
	char longest[256 + 1] = {0};
	char name[HOLDER_NAME_MAX];
	char expected[HOLDER_NAME_MAX];
	struct listener listener = {.pid = INT64_MAX, .command = {longest, 255}};

	memset(longest, 'x', 256);
	snprintf(expected, sizeof(expected), "%.255s (9223372036854775807)", longest);
	assert_text(holder_name(&listener, name), expected);
	listener.command.length = 256;
	assert_text(holder_name(&listener, name), "process 9223372036854775807");
}

TEST(both_families_of_a_port_are_one_piece_of_news_and_another_process_is_another)
{
	const struct bytes lines = BYTES(
		NODE_IPV4 NODE_IPV6 "no listener\n" OTHER NODE_UDP HIDDEN OTHER);
	const char *const expected[] = {
		"node (7382)", "process 7383", "node (7382)", "a hidden process"};
	struct bytes rest = lines;
	struct listener listener;
	size_t count = 0;

	while (holders_next(lines, &rest, &listener, NULL)) {
		char name[HOLDER_NAME_MAX];

		assert_true(count < COUNT(expected));
		assert_text(holder_name(&listener, name), expected[count++]);
		listener_release(&listener);
	}
	assert_int_equal(count, COUNT(expected));
}

TEST(a_process_that_has_not_held_the_port_before_is_told_from_one_that_has)
{
	struct listener node = decode(BYTES(NODE_IPV6));

	assert_true(holders_have(BYTES(OTHER NODE_IPV4), &node));
	assert_false(holders_have(BYTES(OTHER NODE_UDP), &node));
	assert_false(holders_have((struct bytes){0}, &node));
	/* The same pid, and not the same process. */
	node.pid_start = 1;
	assert_false(holders_have(BYTES(OTHER NODE_IPV4), &node));
	listener_release(&node);
}

TEST(what_listens_beside_a_range_is_not_taken_for_one_in_it)
{
	const struct bytes lines = BYTES(NODE_IPV4 HIDDEN);

	assert_true(holders_are_on(lines, 3000, 3000));
	assert_true(holders_are_on(lines, 5432, 5432));
	assert_true(holders_are_on(lines, 3000, 3001));
	assert_true(holders_are_on(lines, 5000, 5432));
	assert_false(holders_are_on(lines, 3001, 5431));
	assert_false(holders_are_on(lines, 1, 2999));
	assert_false(holders_are_on(lines, 5433, 65535));
	assert_false(holders_are_on((struct bytes){0}, 1, 65535));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_holder_is_named_as_far_as_it_is_known),
		cmocka_unit_test(a_holder_whose_name_has_no_end_is_named_by_its_pid),
		cmocka_unit_test(
			both_families_of_a_port_are_one_piece_of_news_and_another_process_is_another),
		cmocka_unit_test(
			a_process_that_has_not_held_the_port_before_is_told_from_one_that_has),
		cmocka_unit_test(what_listens_beside_a_range_is_not_taken_for_one_in_it),
	};

	return cmocka_run_group_tests_name("holders", tests, NULL, NULL);
}
