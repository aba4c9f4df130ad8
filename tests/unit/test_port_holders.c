#include "port_holders.h"

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

static struct port_holders read_lines(struct bytes lines)
{
	struct port_holders holders;

	assert_int_equal(port_holders_read(lines, &holders), 0);
	return holders;
}

static void check_name(struct bytes line, const char *expected)
{
	struct port_holders holders = read_lines(line);
	char name[HOLDER_NAME_MAX];

	assert_int_equal(holders.count, 1);
	assert_text(port_holder_name(&holders.items[0], name), expected);
	port_holders_release(&holders);
}
#define check_name(...) UNIT_AT(check_name(__VA_ARGS__))

TEST(a_holder_is_named_as_far_as_it_is_known)
{
	check_name(BYTES(NODE_IPV4), "node (7382)");
	check_name(BYTES(OTHER), "process 7383");
	check_name(BYTES(HIDDEN), "a hidden process");
}

/* Cut in the middle, it would lose the pid, which is what one ends it by. */
TEST(a_holder_whose_name_has_no_end_is_named_by_its_pid)
{
	static const char form[] = LINE("tcp", "ipv6", "::", "1", "4294967295", "\"%s\"");
	char line[1024];
	char name[256 + 1] = {0};
	char expected[HOLDER_NAME_MAX];

	memset(name, 'x', 255);
	snprintf(line, sizeof(line), form, name);
	snprintf(expected, sizeof(expected), "%s (4294967295)", name);
	check_name(bytes_of(line), expected);
	name[255] = 'x';
	snprintf(line, sizeof(line), form, name);
	check_name(bytes_of(line), "process 4294967295");
}

TEST(both_families_of_a_port_are_one_piece_of_news_and_another_process_is_another)
{
	const struct bytes lines = BYTES(
		HIDDEN NODE_IPV4 NODE_IPV6 "no listener\n" OTHER NODE_UDP HIDDEN OTHER);
	const struct {
		const char *name;
		unsigned port;
		const char *line;
	} expected[] = {{"node (7382)", 3000, NODE_IPV4}, {"process 7383", 3000, OTHER},
		{"node (7382)", 3000, NODE_UDP}, {"a hidden process", 5432, HIDDEN}};
	struct port_holders holders = read_lines(lines);

	assert_int_equal(holders.count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		char name[HOLDER_NAME_MAX];

		assert_text(port_holder_name(&holders.items[i], name), expected[i].name);
		assert_int_equal(holders.items[i].port, expected[i].port);
		/* The line has lost its end. */
		assert_int_equal(holders.items[i].line.length, strlen(expected[i].line) - 1);
		assert_memory_equal(
			holders.items[i].line.data, expected[i].line, holders.items[i].line.length);
	}
	port_holders_release(&holders);
}

static void check_have(struct bytes lines, const struct port_holder *holder, bool expected)
{
	struct port_holders holders = read_lines(lines);

	assert_int_equal(port_holders_have(&holders, holder), expected);
	port_holders_release(&holders);
}
#define check_have(...) UNIT_AT(check_have(__VA_ARGS__))

TEST(a_process_that_has_not_held_the_port_before_is_distinguished_from_one_that_has)
{
	struct port_holders holders = read_lines(BYTES(NODE_IPV6));
	struct port_holder node = holders.items[0];

	check_have(BYTES(OTHER NODE_IPV4), &node, true);
	check_have(BYTES(OTHER NODE_UDP), &node, false);
	check_have((struct bytes){0}, &node, false);
	/* The same pid, and not the same process. */
	node.pid_start = 1;
	check_have(BYTES(OTHER NODE_IPV4), &node, false);
	port_holders_release(&holders);
}

TEST(what_listens_beside_a_range_is_not_taken_for_one_in_it)
{
	struct port_holders holders = read_lines(BYTES(NODE_IPV4 HIDDEN));
	const struct port_holders none = {0};

	assert_true(port_holders_are_on(&holders, 3000, 3000));
	assert_true(port_holders_are_on(&holders, 5432, 5432));
	assert_true(port_holders_are_on(&holders, 3000, 3001));
	assert_true(port_holders_are_on(&holders, 5000, 5432));
	assert_true(port_holders_are_on(&holders, 1, 65535));
	assert_false(port_holders_are_on(&holders, 3001, 5431));
	assert_false(port_holders_are_on(&holders, 1, 2999));
	assert_false(port_holders_are_on(&holders, 5433, 65535));
	assert_false(port_holders_are_on(&none, 1, 65535));
	port_holders_release(&holders);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_holder_is_named_as_far_as_it_is_known),
		cmocka_unit_test(a_holder_whose_name_has_no_end_is_named_by_its_pid),
		cmocka_unit_test(
			both_families_of_a_port_are_one_piece_of_news_and_another_process_is_another),
		cmocka_unit_test(
			a_process_that_has_not_held_the_port_before_is_distinguished_from_one_that_has),
		cmocka_unit_test(what_listens_beside_a_range_is_not_taken_for_one_in_it),
	};

	return cmocka_run_group_tests_name("port_holders", tests, NULL, NULL);
}
