#include <errno.h>

#include "stream/listener.h"
#include "unit.h"

const char program_name[] = "test";

static void assert_same(const struct listener *a, const struct listener *b)
{
	assert_int_equal(a->proto, b->proto);
	assert_int_equal(address_compare(&a->address, &b->address), 0);
	assert_text(a->address.zone, b->address.zone);
	assert_int_equal(a->port, b->port);
	assert_true(a->pid == b->pid && a->pid_start == b->pid_start && a->uid == b->uid);
	assert_int_equal(a->v6only, b->v6only);
	assert_true(a->fd == b->fd && a->inode == b->inode);
	assert_bytes(a->command, b->command);
	assert_bytes(a->user, b->user);
}
#define assert_same(...) UNIT_AT(assert_same(__VA_ARGS__))

/* A leading blank makes it a line that only jansson decodes. */
static void assert_as_jansson(struct bytes line)
{
	char *alone = unit_alone(line);
	struct buffer with_blank = {0};
	struct listener_problem problem;
	struct listener fast;
	struct listener slow;

	assert_true(listener_fast_decode((struct bytes){alone, line.length}, &fast));
	assert_int_equal(buffer_append_text(&with_blank, " "), 0);
	assert_int_equal(buffer_append(&with_blank, line.data, line.length), 0);
	assert_false(listener_fast_decode(buffer_bytes(&with_blank), &slow));
	assert_int_equal(listener_decode(buffer_bytes(&with_blank), &slow, &problem), 0);
	assert_same(&fast, &slow);
	listener_release(&slow);
	listener_release(&fast);
	buffer_release(&with_blank);
	free(alone);
}
#define assert_as_jansson(...) UNIT_AT(assert_as_jansson(__VA_ARGS__))

#define HEAD "{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"127.0.0.1\",\"port\":3000,"
#define REST "\"uid\":0,\"command\":\"node\",\"user\":\"root\"}"

TEST(fast_decoding_agrees_with_jansson)
{
	static const struct bytes lines[] = {
		TEXT(HEAD "\"pid\":12345,\"pid_start\":1993505495932310,\"uid\":1000,"
			  "\"command\":\"node\",\"user\":\"alice\",\"fd\":3,\"inode\":19564}"),
		TEXT(HEAD "\"pid\":null,\"uid\":null,\"command\":null,\"user\":null}"),
		TEXT(HEAD "\"pid\":4294967295,\"pid_start\":9223372036854775807,"
			  "\"uid\":4294967295,\"command\":\"\",\"user\":\"~ !#\"}"),
		TEXT("{\"proto\":\"udp\",\"family\":\"ipv6\",\"address\":\"fe80::1%eth0\","
		     "\"port\":65535,\"pid\":1,\"uid\":0,\"command\":\"x\",\"user\":\"y\","
		     "\"inode\":7,\"v6only\":false}"),
		TEXT("{\"proto\":\"tcp\",\"family\":\"ipv6\",\"address\":\"::ffff:127.0.0.1\","
		     "\"port\":1,\"pid\":1," REST),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		assert_as_jansson(lines[i]);
}

TEST(encoded_lines_are_decoded_fast)
{
	const struct listener listener = {
		.proto = PROTO_UDP,
		.address = {.family = FAMILY_IPV6, .octets = {[15] = 1}},
		.port = 53,
		.pid = 7,
		.pid_start = 8,
		.uid = 9,
		.command = BYTES("named"),
		.user = BYTES("bind"),
		.fd = 10,
		.inode = 11,
		.v6only = V6ONLY_YES,
	};
	struct buffer line = {0};
	struct listener decoded;

	assert_int_equal(listener_encode(&listener, &line), 0);
	line.length--;
	assert_true(listener_fast_decode(buffer_bytes(&line), &decoded));
	assert_same(&listener, &decoded);
	buffer_release(&line);
}

/* listener_fast_decode() must reject these: jansson decodes them or reports what is wrong. */
TEST(any_other_line_is_left_to_jansson)
{
	static const struct bytes lines[] = {
		TEXT(""),
		TEXT("{"),
		TEXT("{}"),
		TEXT(HEAD "\"pid\":1, " REST),
		TEXT(HEAD "\"pid\":1," REST " "),
		TEXT(HEAD "\"pid\":1," REST "}"),
		TEXT(HEAD "\"pid\":01," REST),
		TEXT(HEAD "\"pid\":-1," REST),
		TEXT(HEAD "\"pid\":1.0," REST),
		TEXT(HEAD "\"pid\":1e3," REST),
		TEXT(HEAD "\"pid\":," REST),
		TEXT(HEAD "\"pid\":4294967296," REST),
		TEXT(HEAD "\"pid\":1,\"pid_start\":9223372036854775808," REST),
		TEXT(HEAD "\"pid\":1,\"pid_start\":null," REST),
		TEXT(HEAD "\"pid\":1,\"netns\":\"blue\"," REST),
		TEXT(HEAD "\"pid\":\"1\"," REST),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"a\\n\",\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"\xc3\xa9\",\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"\x7f\",\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"a\tb\",\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"a\0b\",\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":\"node,\"user\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"user\":null,\"command\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":null}"),
		TEXT(HEAD "\"pid\":1,\"uid\":0,\"command\":null,\"user\":null,\"v6only\":null}"),
		TEXT(HEAD
			"\"pid\":1,\"uid\":0,\"command\":null,\"user\":null,\"inode\":1,\"fd\":1}"),
		TEXT("{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"::1\",\"port\":1,"
		     "\"pid\":1," REST),
		TEXT("{\"proto\":\"tcp\",\"family\":\"ipv5\",\"address\":\"::1\",\"port\":1,"
		     "\"pid\":1," REST),
		TEXT("{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"1.2.3.4\",\"port\":0,"
		     "\"pid\":1," REST),
		TEXT("{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"1.2.3.4\","
		     "\"port\":65536,\"pid\":1," REST),
		TEXT("{\"proto\":\"sctp\",\"family\":\"ipv4\",\"address\":\"1.2.3.4\",\"port\":1,"
		     "\"pid\":1," REST),
	};
	struct listener listener = {.port = 7};

	for (size_t i = 0; i < COUNT(lines); i++) {
		char *alone = unit_alone(lines[i]);
		struct bytes line = {alone, lines[i].length};

		assert_case(lines[i], listener_fast_decode(line, &listener), false);
		free(alone);
	}
	assert_int_equal(listener.port, 7);
}

/* A line that was torn anywhere is no line. */
TEST(truncated_lines_are_left_to_jansson)
{
	static const struct bytes line = TEXT(HEAD "\"pid\":12,\"pid_start\":34," REST);
	struct listener listener;

	for (size_t length = 0; length < line.length; length++) {
		char *alone = unit_alone((struct bytes){line.data, length});

		assert_false(listener_fast_decode((struct bytes){alone, length}, &listener));
		free(alone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fast_decoding_agrees_with_jansson),
		cmocka_unit_test(encoded_lines_are_decoded_fast),
		cmocka_unit_test(any_other_line_is_left_to_jansson),
		cmocka_unit_test(truncated_lines_are_left_to_jansson),
	};

	return cmocka_run_group_tests_name("listener_fast_decode", tests, NULL, NULL);
}
