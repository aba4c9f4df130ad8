#include "table_told.h"

const char program_name[] = "test";

#define IPV4(...)                                                                                  \
	{                                                                                          \
		.family = FAMILY_IPV4, .octets = { __VA_ARGS__ }                                   \
	}
#define IPV6(...)                                                                                  \
	{                                                                                          \
		.family = FAMILY_IPV6, .octets = { __VA_ARGS__ }                                   \
	}

static const struct table_style with_header = {.has_header = true};

static void check_table(const struct listener *listeners, size_t count,
	const struct table_style *style, struct bytes expected)
{
	struct row items[16];
	struct rows rows = {.items = items, .count = count};
	struct buffer text = {0};

	assert_true(count <= COUNT(items));
	for (size_t i = 0; i < count; i++) {
		items[i] = (struct row){.listener = listeners[i]};
		columns_find_reasons(
			&(struct cells){.listener = &items[i].listener}, &rows.reasons);
	}
	assert_int_equal(buffer_append_byte(&text, '>'), 0);
	append_table(&text, &rows, style);
	assert_int_equal(text.data[0], '>');
	assert_bytes(bytes_skip(buffer_bytes(&text), 1), expected);
	buffer_release(&text);
}
#define check_table(...) UNIT_AT(check_table(__VA_ARGS__))

static const struct listener nodes[] = {
	{.port = 3000,
		.pid = 12345,
		.command = TEXT("node"),
		.user = TEXT("alice"),
		.address = IPV4(0)},
	{.port = 3000,
		.pid = 12345,
		.command = TEXT("node"),
		.user = TEXT("alice"),
		.address = IPV6(0)},
};

TEST(the_question_is_answered_as_the_manual_shows)
{
	check_table(nodes, COUNT(nodes), &with_header,
		BYTES("PORT  PID    COMMAND  USER   ADDRESS\n"
		      "3000  12345  node     alice  0.0.0.0\n"
		      "3000  12345  node     alice  [::]\n"));
}

TEST(without_a_header_the_columns_are_as_wide_as_their_cells)
{
	static const struct table_style bare = {0};
	static const struct table_style bare_with_color = {.has_color = true};
	struct bytes expected = BYTES(
		"3000  12345  node  alice  0.0.0.0\n"
		"3000  12345  node  alice  [::]\n");

	check_table(nodes, COUNT(nodes), &bare, expected);
	check_table(nodes, COUNT(nodes), &bare_with_color, expected);
}

TEST(color_marks_the_header_and_nothing_else)
{
	static const struct table_style style = {.has_header = true, .has_color = true};

	check_table(nodes, COUNT(nodes), &style,
		BYTES("\x1b[1mPORT  PID    COMMAND  USER   ADDRESS\x1b[0m\n"
		      "3000  12345  node     alice  0.0.0.0\n"
		      "3000  12345  node     alice  [::]\n"));
}

TEST(no_rows_are_no_table_at_all)
{
	static const struct table_style style = {.has_header = true, .has_color = true};

	check_table(NULL, 0, &style, BYTES(""));
}

TEST(a_user_column_appears_only_where_a_user_is_known)
{
	static const struct listener listeners[] = {
		{.port = 80, .pid = 1, .command = TEXT("nginx"), .address = IPV4(0)},
		{.port = 443, .pid = 2, .command = TEXT("nginx"), .address = IPV4(0)},
		{.port = 8080,
			.pid = 3,
			.command = TEXT("x"),
			.user = TEXT("www"),
			.address = IPV4(0)},
	};

	check_table(listeners, 2, &with_header,
		BYTES("PORT  PID  COMMAND  ADDRESS\n"
		      "80    1    nginx    0.0.0.0\n"
		      "443   2    nginx    0.0.0.0\n"));
	check_table(listeners, 3, &with_header,
		BYTES("PORT  PID  COMMAND  USER  ADDRESS\n"
		      "80    1    nginx    -     0.0.0.0\n"
		      "443   2    nginx    -     0.0.0.0\n"
		      "8080  3    x        www   0.0.0.0\n"));
}

TEST(a_protocol_column_appears_only_where_a_row_is_not_tcp)
{
	static const struct listener listeners[] = {
		{.port = 53, .pid = 9, .command = TEXT("dns"), .address = IPV4(127, 0, 0, 53)},
		{.port = 53,
			.proto = PROTO_UDP,
			.pid = 9,
			.command = TEXT("dns"),
			.address = IPV4(127, 0, 0, 53)},
	};

	check_table(listeners, 1, &with_header,
		BYTES("PORT  PID  COMMAND  ADDRESS\n"
		      "53    9    dns      127.0.0.53\n"));
	check_table(listeners, 2, &with_header,
		BYTES("PORT  PROTO  PID  COMMAND  ADDRESS\n"
		      "53    tcp    9    dns      127.0.0.53\n"
		      "53    udp    9    dns      127.0.0.53\n"));
}

TEST(a_hidden_holder_is_a_dash_and_an_empty_name_is_not)
{
	static const struct listener listeners[] = {
		{.port = 22, .pid = LISTENER_NONE, .address = IPV6([15] = 1)},
		{.port = 23, .pid = 0, .command = TEXT(""), .user = TEXT(""), .address = IPV4(0)},
		{.port = 24,
			.pid = 4294967295,
			.command = TEXT("-"),
			.user = TEXT("-"),
			.address = IPV4(0)},
	};

	check_table(listeners, COUNT(listeners), &with_header,
		BYTES("PORT  PID         COMMAND  USER  ADDRESS\n"
		      "22    -           -        -     [::1]\n"
		      "23    0           \"\"       \"\"    0.0.0.0\n"
		      "24    4294967295  -        -     0.0.0.0\n"));
}

TEST(columns_line_up_whatever_the_script_of_a_name)
{
	static const struct listener listeners[] = {
		{.port = 1,
			.pid = 1,
			.command = TEXT("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe7\x89\x88"),
			.address = IPV4(0)},
		{.port = 2,
			.pid = 2,
			.command = TEXT("\xe6\x97\xa5\xe6\x9c\xac"),
			.address = IPV4(0)},
		{.port = 3, .pid = 3, .command = TEXT("cafe\xcc\x81"), .address = IPV4(0)},
		{.port = 4, .pid = 4, .command = TEXT("\xf0\x9f\x98\x80"), .address = IPV4(0)},
		{.port = 5, .pid = 5, .command = TEXT("caf\xc3\xa9"), .address = IPV4(0)},
		{.port = 65535, .pid = 6, .command = TEXT("x"), .address = IPV4(0)},
	};

	check_table(listeners, COUNT(listeners), &with_header,
		BYTES("PORT   PID  COMMAND   ADDRESS\n"
		      "1      1    \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe7\x89\x88  0.0.0.0\n"
		      "2      2    \xe6\x97\xa5\xe6\x9c\xac      0.0.0.0\n"
		      "3      3    cafe\xcc\x81      0.0.0.0\n"
		      "4      4    \xf0\x9f\x98\x80        0.0.0.0\n"
		      "5      5    caf\xc3\xa9      0.0.0.0\n"
		      "65535  6    x         0.0.0.0\n"));
}

TEST(a_name_shows_all_its_bytes_and_is_safe_for_a_terminal)
{
	static const struct listener listeners[] = {
		{.port = 1,
			.pid = 1,
			.command = TEXT("a\nb"),
			.user = TEXT("\x1b[2J"),
			.address = IPV4(0)},
		{.port = 2,
			.pid = 2,
			.command = TEXT("\xc2\x9b"),
			.user = TEXT("\xff"),
			.address = {.family = FAMILY_IPV6, .zone = "e\n"}},
		{.port = 3,
			.pid = 3,
			.command = TEXT("a\0\t\r"),
			.user = TEXT("\xe2\x80\xae"),
			.address = IPV4(0)},
		{.port = 4,
			.pid = 4,
			.command = TEXT(" two  words "),
			.user = TEXT(" "),
			.address = IPV4(0)},
	};

	check_table(listeners, COUNT(listeners), &with_header,
		BYTES("PORT  PID  COMMAND        USER          ADDRESS\n"
		      "1     1    a\\x0ab         \\x1b[2J       0.0.0.0\n"
		      "2     2    \\xc2\\x9b       \\xff          [::%e\\x0a]\n"
		      "3     3    a\\x00\\x09\\x0d  \\xe2\\x80\\xae  0.0.0.0\n"
		      "4     4     two  words                  0.0.0.0\n"));
}

/* Every byte in turn, as a whole name: only newlines that end a line, and no line ends in a blank.
 */
TEST(no_table_has_a_control_byte_or_a_trailing_blank)
{
	for (int byte = 0; byte < 256; byte++) {
		char name = (char)byte;
		struct row row = {.listener = {.port = 1,
					  .pid = 1,
					  .command = {&name, 1},
					  .user = {&name, 1},
					  .address = IPV4(0)}};
		struct rows rows = {.items = &row, .count = 1};
		struct buffer text = {0};
		size_t lines = 0;

		columns_find_reasons(&(struct cells){.listener = &row.listener}, &rows.reasons);
		append_table(&text, &rows, &with_header);
		for (size_t i = 0; i < text.length; i++) {
			lines += text.data[i] == '\n';
			if (text.data[i] == '\n')
				assert_true(i > 0 && text.data[i - 1] != ' ');
			else if (text.data[i] < 0x20 || text.data[i] > 0x7e)
				fail_msg("byte %d stands raw", byte);
		}
		assert_int_equal(lines, 2);
		assert_int_equal(text.data[text.length - 1], '\n');
		buffer_release(&text);
	}
}

/* One of 256 columns has its place; a wider one stands out, and costs the others nothing. */
TEST(a_name_of_any_width_makes_no_other_row_wide)
{
	static char name[257];
	struct listener listeners[] = {nodes[0], nodes[0], nodes[0]};
	struct buffer expected = {0};

	memset(name, 'x', sizeof(name));
	listeners[0].command = (struct bytes){name, 257};
	listeners[1].user = (struct bytes){name, 256};
	buffer_append_text(&expected, "3000  12345  ");
	buffer_append(&expected, name, 257);
	buffer_append_text(&expected, "  alice");
	buffer_append_blanks(&expected, 256 - 5 + 2);
	buffer_append_text(&expected, "0.0.0.0\n3000  12345  node  ");
	buffer_append(&expected, name, 256);
	buffer_append_text(&expected, "  0.0.0.0\n3000  12345  node  alice");
	buffer_append_blanks(&expected, 256 - 5 + 2);
	buffer_append_text(&expected, "0.0.0.0\n");
	check_table(listeners, COUNT(listeners), &(struct table_style){0}, buffer_bytes(&expected));
	buffer_release(&expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_of_any_width_makes_no_other_row_wide),
		cmocka_unit_test(the_question_is_answered_as_the_manual_shows),
		cmocka_unit_test(without_a_header_the_columns_are_as_wide_as_their_cells),
		cmocka_unit_test(color_marks_the_header_and_nothing_else),
		cmocka_unit_test(no_rows_are_no_table_at_all),
		cmocka_unit_test(a_user_column_appears_only_where_a_user_is_known),
		cmocka_unit_test(a_protocol_column_appears_only_where_a_row_is_not_tcp),
		cmocka_unit_test(a_hidden_holder_is_a_dash_and_an_empty_name_is_not),
		cmocka_unit_test(columns_line_up_whatever_the_script_of_a_name),
		cmocka_unit_test(a_name_shows_all_its_bytes_and_is_safe_for_a_terminal),
		cmocka_unit_test(no_table_has_a_control_byte_or_a_trailing_blank),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
