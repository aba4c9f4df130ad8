#include "stream/listener.h"
#include "unit.h"

const char program_name[] = "test";

static struct listener plain_listener(void)
{
	return (struct listener){
		.proto = PROTO_TCP,
		.address = {.family = FAMILY_IPV4, .octets = {127, 0, 0, 1}},
		.port = 3000,
		.pid = LISTENER_NONE,
		.pid_start = LISTENER_NONE,
		.uid = LISTENER_NONE,
		.fd = LISTENER_NONE,
		.inode = LISTENER_NONE,
	};
}

static struct buffer encoded(const struct listener *listener)
{
	struct buffer line = {0};

	assert_int_equal(listener_encode(listener, &line), 0);
	return line;
}

static void check_encoded(const struct listener *listener, struct bytes expected)
{
	struct buffer line = encoded(listener);

	assert_bytes(buffer_bytes(&line), expected);
	buffer_release(&line);
}
#define check_encoded(...) UNIT_AT(check_encoded(__VA_ARGS__))

TEST(a_line_has_all_its_keys_in_order)
{
	struct listener listener = {
		.proto = PROTO_UDP,
		.address = {.family = FAMILY_IPV6, .octets = {0xfe, 0x80, [15] = 1}, .zone = "lo"},
		.port = 65535,
		.pid = 4294967295,
		.pid_start = INT64_MAX,
		.uid = 0,
		.command = BYTES("node"),
		.user = BYTES("alice"),
		.fd = 0,
		.inode = 4711,
	};

	check_encoded(&listener,
		BYTES("{\"proto\":\"udp\",\"family\":\"ipv6\",\"address\":\"fe80::1%lo\","
		      "\"port\":65535,\"pid\":4294967295,\"pid_start\":9223372036854775807,"
		      "\"uid\":0,\"command\":\"node\",\"user\":\"alice\",\"fd\":0,"
		      "\"inode\":4711}\n"));
}

TEST(a_hidden_holder_is_null_and_optional_keys_are_absent)
{
	struct listener listener = plain_listener();

	check_encoded(&listener,
		BYTES("{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"127.0.0.1\","
		      "\"port\":3000,\"pid\":null,\"uid\":null,\"command\":null,"
		      "\"user\":null}\n"));
}

TEST(whether_ipv4_is_served_too_is_written_last_and_only_where_it_is_known)
{
	struct listener listener = {
		.proto = PROTO_TCP,
		.address = {.family = FAMILY_IPV6},
		.port = 3000,
		.pid = 12345,
		.pid_start = 77,
		.uid = 1000,
		.fd = 4,
		.inode = 4711,
	};
	static const struct {
		enum v6only v6only;
		struct bytes line;
	} lines[] = {
#define LINE                                                                                       \
	"{\"proto\":\"tcp\",\"family\":\"ipv6\",\"address\":\"::\",\"port\":3000,\"pid\":12345,"   \
	"\"pid_start\":77,\"uid\":1000,\"command\":null,\"user\":null,\"fd\":4,\"inode\":4711"
		{V6ONLY_UNKNOWN, TEXT(LINE "}\n")},
		{V6ONLY_NO, TEXT(LINE ",\"v6only\":false}\n")},
		{V6ONLY_YES, TEXT(LINE ",\"v6only\":true}\n")},
#undef LINE
	};

	for (size_t i = 0; i < COUNT(lines); i++) {
		listener.v6only = lines[i].v6only;
		check_encoded(&listener, lines[i].line);
	}
}

TEST(a_line_is_appended_to_those_before_it)
{
	struct listener listener = plain_listener();
	struct buffer lines = {0};
	size_t length;

	assert_int_equal(listener_encode(&listener, &lines), 0);
	length = lines.length;
	assert_int_equal(listener_encode(&listener, &lines), 0);
	assert_int_equal(lines.length, 2 * length);
	assert_memory_equal(lines.data, lines.data + length, length);
	buffer_release(&lines);
}

/* The name as it stands in the JSON text, and as a reader decodes it. */
static const struct {
	struct bytes name;
	const char *json;
	struct bytes decoded;
} names[] = {
	{TEXT(""), "\"\"", TEXT("")},
	{TEXT("null"), "\"null\"", TEXT("null")},
	{TEXT("\"},{\"pid\":1"), "\"\\\"},{\\\"pid\\\":1\"", TEXT("\"},{\"pid\":1")},
	{TEXT("a\n{\"pid\":1}\n"), "\"a\\n{\\\"pid\\\":1}\\n\"", TEXT("a\n{\"pid\":1}\n")},
	{TEXT("a\rb\tc"), "\"a\\rb\\tc\"", TEXT("a\rb\tc")},
	{TEXT("\\"), "\"\\\\\"", TEXT("\\")},
	{TEXT("\\u0041\\x41"), "\"\\\\u0041\\\\x41\"", TEXT("\\u0041\\x41")},
	{TEXT("\x1b[2J"), "\"\\u001B[2J\"", TEXT("\x1b[2J")},
	{TEXT("a\0b"), "\"a\\u0000b\"", TEXT("a\0b")},
	{TEXT("\x7f"), "\"\\u007f\"", TEXT("\x7f")},
	{TEXT("\xc2\x9b"), "\"\\u009b\"", TEXT("\xc2\x9b")},
	{TEXT("\xe2\x80\xae"), "\"\\u202e\"", TEXT("\xe2\x80\xae")},
	{TEXT("\xf3\xa0\x81\x81"), "\"\\udb40\\udc41\"", TEXT("\xf3\xa0\x81\x81")},
	{TEXT("caf\xc3\xa9"), "\"caf\xc3\xa9\"", TEXT("caf\xc3\xa9")},
	/* Bytes that are no UTF-8 can't stand in JSON: readers get the four characters \xNN. */
	{TEXT("\xff"), "\"\\\\xff\"", TEXT("\\xff")},
	{TEXT("\xed\xa0\x80"), "\"\\\\xed\\\\xa0\\\\x80\"", TEXT("\\xed\\xa0\\x80")},
	{TEXT("caf\xc3"), "\"caf\\\\xc3\"", TEXT("caf\\xc3")},
	{TEXT("\xc3\""), "\"\\\\xc3\\\"\"", TEXT("\\xc3\"")},
};

static void check_decoded(const struct buffer *line, struct bytes command, struct bytes user)
{
	struct listener_problem problem = {""};
	struct listener listener;

	if (listener_decode(buffer_bytes(line), &listener, &problem))
		fail_msg("%s", problem.text);
	assert_bytes(listener.command, command);
	assert_bytes(listener.user, user);
	assert_int_equal(listener.pid, LISTENER_NONE);
	listener_release(&listener);
}
#define check_decoded(...) UNIT_AT(check_decoded(__VA_ARGS__))

TEST(a_name_cannot_end_the_line)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		struct listener listener = plain_listener();
		struct buffer expected = {0};
		struct buffer line;

		listener.command = names[i].name;
		listener.user = names[i].name;
		line = encoded(&listener);
		assert_int_equal(buffer_append_text(&expected,
					 "{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":"
					 "\"127.0.0.1\",\"port\":3000,\"pid\":null,\"uid\":null,"
					 "\"command\":"),
			0);
		assert_int_equal(buffer_append_text(&expected, names[i].json), 0);
		assert_int_equal(buffer_append_text(&expected, ",\"user\":"), 0);
		assert_int_equal(buffer_append_text(&expected, names[i].json), 0);
		assert_int_equal(buffer_append_text(&expected, "}\n"), 0);
		assert_bytes(buffer_bytes(&line), buffer_bytes(&expected));
		check_decoded(&line, names[i].decoded, names[i].decoded);
		buffer_release(&expected);
		buffer_release(&line);
	}
}

TEST(no_byte_at_all_is_written_raw_that_could_control_a_terminal)
{
	struct listener listener = plain_listener();

	for (int byte = 0; byte < 256; byte++) {
		char name = (char)byte;
		struct buffer line;

		listener.command = (struct bytes){&name, 1};
		line = encoded(&listener);
		assert_int_equal(line.data[line.length - 1], '\n');
		for (size_t i = 0; i + 1 < line.length; i++)
			if (line.data[i] < 0x20 || line.data[i] > 0x7e)
				fail_msg("byte %d stands raw", byte);
		buffer_release(&line);
	}
}

TEST(a_zone_that_is_no_utf_8_does_not_lose_the_line)
{
	struct listener listener = plain_listener();

	listener.address = (struct address){
		.family = FAMILY_IPV6, .octets = {0xfe, 0x80, [15] = 1}, .zone = "\xff\n\""};
	check_encoded(&listener,
		BYTES("{\"proto\":\"tcp\",\"family\":\"ipv6\","
		      "\"address\":\"fe80::1%\\\\xff\\n\\\"\",\"port\":3000,\"pid\":null,"
		      "\"uid\":null,\"command\":null,\"user\":null}\n"));
}

/* Around the size at which the encoder needs more room, byte by byte. */
TEST(a_name_of_any_length_comes_back_as_it_was)
{
	char name[1500];

	for (size_t i = 0; i < sizeof(name); i++)
		name[i] = "abc\"\n\\"[i % 6];
	for (size_t length = 0; length <= sizeof(name); length++) {
		struct listener listener = plain_listener();
		struct buffer line;

		listener.command = (struct bytes){name, length};
		listener.user = BYTES("u");
		line = encoded(&listener);
		check_decoded(&line, listener.command, listener.user);
		buffer_release(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_all_its_keys_in_order),
		cmocka_unit_test(a_hidden_holder_is_null_and_optional_keys_are_absent),
		cmocka_unit_test(
			whether_ipv4_is_served_too_is_written_last_and_only_where_it_is_known),
		cmocka_unit_test(a_line_is_appended_to_those_before_it),
		cmocka_unit_test(a_name_cannot_end_the_line),
		cmocka_unit_test(no_byte_at_all_is_written_raw_that_could_control_a_terminal),
		cmocka_unit_test(a_zone_that_is_no_utf_8_does_not_lose_the_line),
		cmocka_unit_test(a_name_of_any_length_comes_back_as_it_was),
	};

	return cmocka_run_group_tests_name("listener_encode", tests, NULL, NULL);
}
