#include "stream/listener.h"
#include "unit.h"

const char program_name[] = "test";

#define SOCKET "\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":80"

static const struct {
	struct bytes line;
	const char *command; /* NULL: leave what is there */
	const char *user;
	const char *completed;
} completions[] = {
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"), "init", "root",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"init\",\"user\":\"root\"}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"), NULL, NULL,
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"), "init", NULL,
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"init\",\"user\":null}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"), NULL, "root",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":\"root\"}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"old\",\"user\":\"\"}"), "", "new",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"\",\"user\":\"new\"}\n"},
	/* A parsed object written anew would have other numbers, escapes and blanks. */
	{TEXT("{\"x\":0.1,\"y\":1e2,\"z\":\"\\u0041\\/\"," SOCKET
	      ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null,\"w\":-0.0}"),
		"init", "root",
		"{\"x\":0.1,\"y\":1e2,\"z\":\"\\u0041\\/\"," SOCKET
		",\"pid\":1,\"uid\":0,\"command\":\"init\",\"user\":\"root\",\"w\":-0.0}\n"},
	{TEXT(" {\t\"user\" :\r null ,\"command\"  :  null  , " SOCKET
	      " , \"pid\" : 1 , \"uid\" : 0 }\t"),
		"init", "root",
		" {\t\"user\" :\r \"root\" ,\"command\"  :  \"init\"  , " SOCKET
		" , \"pid\" : 1 , \"uid\" : 0 }\t\n"},
	/* Only the members of the line itself, not those of what it contains. */
	{TEXT("{\"container\":{\"command\":null,\"user\":[{\"user\":null}]}," SOCKET
	      ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"),
		"init", "root",
		"{\"container\":{\"command\":null,\"user\":[{\"user\":null}]}," SOCKET
		",\"pid\":1,\"uid\":0,\"command\":\"init\",\"user\":\"root\"}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"note\":\"\\\"command\\\":null,\",\"command\":null,"
	      "\"user\":null}"),
		"init", NULL,
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"note\":\"\\\"command\\\":null,\","
		"\"command\":\"init\",\"user\":null}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"\\u0063ommand\":null,\"us\\u0065r\":null}"),
		"init", "root",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"\\u0063ommand\":\"init\","
		"\"us\\u0065r\":\"root\"}\n"},
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"a\\\"},b\",\"user\":null}"), "x", "y",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"x\",\"user\":\"y\"}\n"},
	/* The new names are as harmless as those that a collector writes. */
	{TEXT("{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}"),
		"\"},{\"pid\":1\n", "\xff\x1b\xc2\x9b",
		"{" SOCKET ",\"pid\":1,\"uid\":0,\"command\":\"\\\"},{\\\"pid\\\":1\\n\","
		"\"user\":\"\\\\xff\\u001B\\u009b\"}\n"},
};

static struct bytes optional(const char *text)
{
	return text ? bytes_of(text) : (struct bytes){0};
}

TEST(a_name_is_filled_in_and_every_other_byte_stays)
{
	for (size_t i = 0; i < COUNT(completions); i++) {
		struct bytes line = completions[i].line;
		char *alone = unit_alone(line);
		struct listener_problem problem = {""};
		struct buffer completed = {0};
		struct listener listener;

		if (listener_decode(line, &listener, &problem))
			fail_msg("%s", problem.text);
		listener_release(&listener);
		assert_int_equal(listener_complete((struct bytes){alone, line.length},
					 optional(completions[i].command),
					 optional(completions[i].user), &completed),
			0);
		assert_bytes(buffer_bytes(&completed), bytes_of(completions[i].completed));
		buffer_release(&completed);
		free(alone);
	}
}

TEST(a_completed_line_follows_those_before_it)
{
	struct buffer lines = {0};

	assert_int_equal(buffer_append_text(&lines, "before\n"), 0);
	assert_int_equal(
		listener_complete(BYTES("{\"command\":1}"), BYTES("x"), BYTES("y"), &lines), 0);
	assert_bytes(buffer_bytes(&lines), BYTES("before\n{\"command\":\"x\"}\n"));
	buffer_release(&lines);
}

TEST(a_name_for_which_the_line_has_room_is_filled_in_and_a_longer_one_not)
{
	const struct bytes line = BYTES("{\"user\":null}");
	const size_t around = strlen("{\"user\":\"\"}");
	struct bytes name = {.length = LISTENER_LINE_MAX - around};
	char *text = malloc(name.length + 1);
	struct buffer completed = {0};

	assert_non_null(text);
	memset(text, 'n', name.length + 1);
	name.data = text;
	assert_int_equal(listener_complete(line, BYTES("x"), name, &completed), 0);
	assert_int_equal(completed.length, LISTENER_LINE_MAX + 1);
	assert_memory_equal(completed.data, "{\"user\":\"", 9);
	assert_memory_equal(completed.data + 9, name.data, name.length);
	assert_memory_equal(completed.data + 9 + name.length, "\"}\n", 3);
	completed.length = 0;
	name.length++;
	assert_int_equal(listener_complete(line, BYTES("x"), name, &completed), 0);
	assert_bytes(buffer_bytes(&completed), BYTES("{\"user\":null}\n"));
	buffer_release(&completed);
	free(text);
}

TEST(listeners_sort_by_port_protocol_address_pid_and_start)
{
	static const struct listener ascending[] = {
		{.port = 80, .pid = LISTENER_NONE, .pid_start = LISTENER_NONE},
		{.port = 80, .pid = 0, .pid_start = LISTENER_NONE},
		{.port = 80, .pid = 1, .pid_start = LISTENER_NONE},
		{.port = 80, .pid = 1, .pid_start = 5},
		{.port = 80, .pid = 1, .pid_start = INT64_MAX},
		{.port = 80, .pid = 4294967295, .pid_start = 0},
		{.port = 80, .address = {.octets = {127}}, .pid = LISTENER_NONE},
		{.port = 80, .address = {.family = FAMILY_IPV6}, .pid = LISTENER_NONE},
		{.port = 80, .address = {.family = FAMILY_IPV6, .zone = "lo"}},
		{.port = 80, .proto = PROTO_UDP, .pid = LISTENER_NONE},
		{.port = 80, .proto = PROTO_UDP, .address = {.family = FAMILY_IPV6}},
		{.port = 443, .pid = LISTENER_NONE},
		{.port = 3000},
		{.port = 65535},
	};

	for (size_t i = 0; i < COUNT(ascending); i++) {
		for (size_t j = 0; j < COUNT(ascending); j++) {
			int order = listener_compare(&ascending[i], &ascending[j]);

			if ((order > 0) - (order < 0) != (i > j) - (i < j))
				fail_msg("%zu and %zu: order %d", i, j, order);
		}
	}
}

TEST(names_and_descriptors_do_not_change_the_order)
{
	struct listener a = {.port = 80, .command = BYTES("a"), .user = BYTES("x"), .fd = 1};
	struct listener b = {.port = 80, .command = BYTES("b"), .uid = 7, .fd = 2, .inode = 9};

	assert_int_equal(listener_compare(&a, &b), 0);
}

TEST(a_protocol_has_the_name_that_the_stream_uses)
{
	assert_string_equal(listener_proto_name(PROTO_TCP), "tcp");
	assert_string_equal(listener_proto_name(PROTO_UDP), "udp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_filled_in_and_every_other_byte_stays),
		cmocka_unit_test(a_completed_line_follows_those_before_it),
		cmocka_unit_test(
			a_name_for_which_the_line_has_room_is_filled_in_and_a_longer_one_not),
		cmocka_unit_test(listeners_sort_by_port_protocol_address_pid_and_start),
		cmocka_unit_test(names_and_descriptors_do_not_change_the_order),
		cmocka_unit_test(a_protocol_has_the_name_that_the_stream_uses),
	};

	return cmocka_run_group_tests_name("listener", tests, NULL, NULL);
}
