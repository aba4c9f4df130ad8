#include <errno.h>

#include "stream/listener.h"
#include "unit.h"

const char program_name[] = "test";

static const struct {
	const char *key;
	const char *value;
} members[] = {
	{"proto", "\"tcp\""},
	{"family", "\"ipv4\""},
	{"address", "\"127.0.0.1\""},
	{"port", "3000"},
	{"pid", "12345"},
	{"pid_start", "77"},
	{"uid", "1000"},
	{"command", "\"node\""},
	{"user", "\"alice\""},
	{"fd", "19"},
	{"inode", "4711"},
	{"v6only", "true"},
};

static void append(struct buffer *line, const char *text)
{
	assert_int_equal(buffer_append_text(line, text), 0);
}
#define append(...) UNIT_AT(append(__VA_ARGS__))

/* A good line but for one member: with `value` NULL it is left out. */
static struct buffer line_with(const char *key, const char *value)
{
	struct buffer line = {0};

	append(&line, "{");
	for (size_t i = 0; i < COUNT(members); i++) {
		bool is_wanted = strcmp(members[i].key, key) == 0;

		if (is_wanted && !value)
			continue;
		append(&line, line.length > 1 ? ",\"" : "\"");
		append(&line, members[i].key);
		append(&line, "\":");
		append(&line, is_wanted ? value : members[i].value);
	}
	append(&line, "}");
	return line;
}

static int decode(struct bytes line, struct listener *listener, struct listener_problem *problem)
{
	char *alone = unit_alone(line);
	int status = listener_decode((struct bytes){alone, line.length}, listener, problem);

	free(alone);
	return status;
}

static void check_refused(struct bytes line, const char *why)
{
	struct listener_problem problem = {"untouched"};
	struct listener listener;
	struct listener before;

	memset(&listener, 0x5a, sizeof(listener));
	before = listener;
	assert_case(line, decode(line, &listener, &problem), -EINVAL);
	assert_text(problem.text, why);
	assert_memory_equal(&listener, &before, sizeof(listener));
}
#define check_refused(...) UNIT_AT(check_refused(__VA_ARGS__))

#define PROTO ": it must be \"tcp\" or \"udp\""
#define FAMILY ": it must be \"ipv4\" or \"ipv6\""
#define IPV4 ": it must be a numeric IPv4 address"
#define PORT ": it must be an integer from 1 to 65535"
#define ID ": it must be an integer from 0 to 4294967295, or null"
#define OPAQUE ": it must be an integer from 0 to 9223372036854775807, or absent"
#define V6ONLY ": it must be true, false, or absent"
#define NAME ": it must be a string or null"

static const struct {
	const char *key;
	const char *value; /* NULL: the key is missing */
	const char *why;
} wrong_values[] = {
	{"proto", NULL, "\"proto\" is missing" PROTO},
	{"proto", "null", "\"proto\" is null" PROTO},
	{"proto", "6", "\"proto\" is 6" PROTO},
	{"proto", "\"TCP\"", "\"proto\" is \"TCP\"" PROTO},
	{"proto", "\"tcp\\u0000\"", "\"proto\" is \"tcp\\u0000\"" PROTO},
	{"proto", "\"\"", "\"proto\" is \"\"" PROTO},
	{"proto", "\"\xc3\xa9\\u001b\"", "\"proto\" is \"\\u00E9\\u001B\"" PROTO},
	{"family", NULL, "\"family\" is missing" FAMILY},
	{"family", "\"inet\"", "\"family\" is \"inet\"" FAMILY},
	{"family", "4", "\"family\" is 4" FAMILY},
	{"address", NULL, "\"address\" is missing" IPV4},
	{"address", "null", "\"address\" is null" IPV4},
	{"address", "2130706433", "\"address\" is 2130706433" IPV4},
	{"address", "\"*\"", "\"address\" is \"*\"" IPV4},
	{"address", "\"::1\"", "\"address\" is \"::1\"" IPV4},
	{"address", "\"127.0.0.1\\u0000\"", "\"address\" is \"127.0.0.1\\u0000\"" IPV4},
	{"port", NULL, "\"port\" is missing" PORT},
	{"port", "null", "\"port\" is null" PORT},
	{"port", "0", "\"port\" is 0" PORT},
	{"port", "65536", "\"port\" is 65536" PORT},
	{"port", "-1", "\"port\" is -1" PORT},
	{"port", "3000.0", "\"port\" is 3000.0" PORT},
	{"port", "\"3000\"", "\"port\" is \"3000\"" PORT},
	{"port", "[3000]", "\"port\" is [3000]" PORT},
	{"pid", NULL, "\"pid\" is missing" ID},
	{"pid", "-1", "\"pid\" is -1" ID},
	{"pid", "4294967296", "\"pid\" is 4294967296" ID},
	{"pid", "1.5", "\"pid\" is 1.5" ID},
	{"pid", "true", "\"pid\" is true" ID},
	{"pid", "\"1\"", "\"pid\" is \"1\"" ID},
	{"pid_start", "null", "\"pid_start\" is null" OPAQUE},
	{"pid_start", "-1", "\"pid_start\" is -1" OPAQUE},
	{"pid_start", "1.0", "\"pid_start\" is 1.0" OPAQUE},
	{"uid", NULL, "\"uid\" is missing" ID},
	{"uid", "-2", "\"uid\" is -2" ID},
	{"uid", "4294967296", "\"uid\" is 4294967296" ID},
	{"uid", "\"root\"", "\"uid\" is \"root\"" ID},
	{"command", NULL, "\"command\" is missing" NAME},
	{"command", "5", "\"command\" is 5" NAME},
	{"command", "[]", "\"command\" is []" NAME},
	{"command", "{\"a\":\"0123456789012345678901234567890123456789\"}",
		"\"command\" is an object" NAME},
	{"command", "[\"0123456789012345678901234567890123456789\"]",
		"\"command\" is an array" NAME},
	{"user", NULL, "\"user\" is missing" NAME},
	{"user", "false", "\"user\" is false" NAME},
	{"fd", "null", "\"fd\" is null" OPAQUE},
	{"fd", "-9223372036854775808", "\"fd\" is -9223372036854775808" OPAQUE},
	{"inode", "null", "\"inode\" is null" OPAQUE},
	{"inode", "\"4711\"", "\"inode\" is \"4711\"" OPAQUE},
	{"v6only", "null", "\"v6only\" is null" V6ONLY},
	{"v6only", "1", "\"v6only\" is 1" V6ONLY},
	{"v6only", "\"true\"", "\"v6only\" is \"true\"" V6ONLY},
	/* 40 characters are still quoted, 41 are not. */
	{"proto", "\"01234567890123456789012345678901234567\"",
		"\"proto\" is \"01234567890123456789012345678901234567\"" PROTO},
	{"proto", "\"012345678901234567890123456789012345678\"",
		"\"proto\" is a long string" PROTO},
};

TEST(a_wrong_value_is_named_and_nothing_is_decoded)
{
	for (size_t i = 0; i < COUNT(wrong_values); i++) {
		struct buffer line = line_with(wrong_values[i].key, wrong_values[i].value);

		check_refused(buffer_bytes(&line), wrong_values[i].why);
		buffer_release(&line);
	}
}

TEST(an_ipv6_address_in_brackets_is_refused_with_the_way_out)
{
	check_refused(BYTES("{\"proto\":\"tcp\",\"family\":\"ipv6\",\"address\":\"[::1]\"}"),
		"\"address\" is \"[::1]\": it must be a numeric IPv6 address without brackets");
	check_refused(BYTES("{\"proto\":\"tcp\",\"family\":\"ipv6\",\"address\":\"0.0.0.0\"}"),
		"\"address\" is \"0.0.0.0\": it must be a numeric IPv6 address without brackets");
}

TEST(a_line_that_is_no_json_object_is_refused_with_the_reason)
{
	static const struct {
		struct bytes line;
		const char *why;
	} lines[] = {
		{TEXT(""), "not JSON: '[' or '{' expected near end of file (column 0)"},
		{TEXT("\n"), "not JSON: '[' or '{' expected near end of file (column 0)"},
		{TEXT("hello"), "not JSON: '[' or '{' expected near 'hello' (column 5)"},
		{TEXT("{"), "not JSON: string or '}' expected near end of file (column 1)"},
		{TEXT("{\"a\":1"), "not JSON: '}' expected near end of file (column 6)"},
		{TEXT("{\"a\":1,}"), "not JSON: string or '}' expected near '}' (column 8)"},
		{TEXT("{\"a\":01}"), "not JSON: invalid token near '0' (column 6)"},
		{TEXT("{'a':1}"), "not JSON: string or '}' expected near ''' (column 2)"},
		{TEXT("{\"a\":1} x"), "not JSON: end of file expected near 'x' (column 9)"},
		{TEXT("{}{}"), "not JSON: end of file expected near '{' (column 3)"},
		{TEXT("{}\0"), "not JSON: end of file expected near end of file (column 3)"},
		{TEXT("{\"a\":1,\"a\":1}"),
			"not JSON: duplicate object key near '\"a\"' (column 10)"},
		{TEXT("{\"a\":1,\"\\u0061\":1}"),
			"not JSON: duplicate object key near '\"\\u0061\"' (column 15)"},
		{TEXT("{\"a\":\"\xff\"}"),
			"not JSON: unable to decode byte 0xff near '\"' (column 6)"},
		{TEXT("{\"a\":\"\x1b\"}"), "not JSON: control character 0x1b near '\"' (column 6)"},
		{TEXT("{\"pid\":9223372036854775808}"),
			"not JSON: too big integer near '9223372036854775808' (column 26)"},
		{TEXT("{\"pid\":-9223372036854775809}"),
			"not JSON: too big negative integer near '-9223372036854775809' "
			"(column 27)"},
		{TEXT("{\"pid\":1e999}"),
			"not JSON: real number overflow near '1e999' (column 12)"},
		{TEXT("[]"), "not a JSON object"},
		{TEXT("[{}]"), "not a JSON object"},
		{TEXT("{}"), "\"proto\" is missing: it must be \"tcp\" or \"udp\""},
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_refused(lines[i].line, lines[i].why);
}

TEST(a_long_garbage_line_gives_a_message_that_ends)
{
	struct listener_problem problem;
	struct listener listener;
	char line[2000];

	memset(line, 'x', sizeof(line));
	memset(&problem, 'y', sizeof(problem));
	assert_int_equal(decode((struct bytes){line, sizeof(line)}, &listener, &problem), -EINVAL);
	assert_non_null(memchr(problem.text, '\0', sizeof(problem.text)));
}

TEST(every_fact_of_a_line_is_decoded)
{
	static const uint8_t octets[16] = {[10] = 0xff, 0xff, 127, 0, 0, 1};
	struct listener_problem problem = {"untouched"};
	struct listener listener;
	struct bytes line = BYTES(
		" {\"user\":\"\\u00e9\", \"inode\":9223372036854775807,"
		"\"fd\":9223372036854775806,\"command\":\"a\\u0000\\n\\\"b\","
		"\"uid\":4294967295,\"pid_start\":9223372036854775805,"
		"\"pid\":4294967294,\"port\":65535,"
		"\"address\":\"::FFFF:7f00:1%lo\",\"family\":\"ipv6\","
		"\"proto\":\"udp\",\"v6only\":true,\"x\":{\"pid\":[1.5,null]}}\r\n");

	assert_int_equal(decode(line, &listener, &problem), 0);
	assert_text(problem.text, "untouched");
	assert_int_equal(listener.proto, PROTO_UDP);
	assert_int_equal(listener.address.family, FAMILY_IPV6);
	assert_memory_equal(listener.address.octets, octets, 16);
	assert_text(listener.address.zone, "lo");
	assert_int_equal(listener.port, 65535);
	assert_int_equal(listener.pid, 4294967294);
	assert_int_equal(listener.pid_start, 9223372036854775805);
	assert_int_equal(listener.uid, 4294967295);
	assert_bytes(listener.command, BYTES("a\0\n\"b"));
	assert_bytes(listener.user, BYTES("\xc3\xa9"));
	assert_int_equal(listener.fd, 9223372036854775806);
	assert_int_equal(listener.inode, 9223372036854775807);
	assert_int_equal(listener.v6only, V6ONLY_YES);
	listener_release(&listener);
	assert_null(listener.document);
}

TEST(what_is_unknown_is_none_and_the_smallest_values_are_values)
{
	struct listener_problem problem;
	struct listener listener;
	struct bytes line = BYTES(
		"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\","
		"\"port\":1,\"pid\":null,\"uid\":null,\"command\":null,"
		"\"user\":null}");
	struct bytes zeros = BYTES(
		"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\","
		"\"port\":1,\"pid\":0,\"pid_start\":0,\"uid\":0,\"command\":\"\","
		"\"user\":\"\",\"fd\":0,\"inode\":0,\"v6only\":false}");

	assert_int_equal(decode(line, &listener, &problem), 0);
	assert_int_equal(listener.port, 1);
	assert_int_equal(listener.pid, LISTENER_NONE);
	assert_int_equal(listener.pid_start, LISTENER_NONE);
	assert_int_equal(listener.uid, LISTENER_NONE);
	assert_null(listener.command.data);
	assert_null(listener.user.data);
	assert_int_equal(listener.fd, LISTENER_NONE);
	assert_int_equal(listener.inode, LISTENER_NONE);
	assert_int_equal(listener.v6only, V6ONLY_UNKNOWN);
	listener_release(&listener);

	assert_int_equal(decode(zeros, &listener, &problem), 0);
	assert_int_equal(listener.pid, 0);
	assert_int_equal(listener.pid_start, 0);
	assert_int_equal(listener.uid, 0);
	assert_bytes(listener.command, BYTES(""));
	assert_bytes(listener.user, BYTES(""));
	assert_int_equal(listener.fd, 0);
	assert_int_equal(listener.inode, 0);
	assert_int_equal(listener.v6only, V6ONLY_NO);
	listener_release(&listener);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_value_is_named_and_nothing_is_decoded),
		cmocka_unit_test(an_ipv6_address_in_brackets_is_refused_with_the_way_out),
		cmocka_unit_test(a_line_that_is_no_json_object_is_refused_with_the_reason),
		cmocka_unit_test(a_long_garbage_line_gives_a_message_that_ends),
		cmocka_unit_test(every_fact_of_a_line_is_decoded),
		cmocka_unit_test(what_is_unknown_is_none_and_the_smallest_values_are_values),
	};

	return cmocka_run_group_tests_name("listener_decode", tests, NULL, NULL);
}
