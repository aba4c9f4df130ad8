#include "rows_told.h"
#include "table_told.h"

const char program_name[] = "test";

#define MARK "\xe2\x80\xa6"

static const struct table_style wide = {.has_header = true, .is_wide = true};

static void check_table(const char *lines, const struct table_style *style, const char *expected)
{
	struct rows rows = rows_of(lines, KEEP_CELLS);
	struct buffer text = {0};

	assert_int_equal(buffer_append_byte(&text, '>'), 0);
	append_table(&text, &rows, style);
	assert_bytes(bytes_skip(buffer_bytes(&text), 1), bytes_of(expected));
	buffer_release(&text);
	rows_release(&rows);
}
#define check_table(...) UNIT_AT(check_table(__VA_ARGS__))

TEST(without_details_only_what_might_be_known_of_any_process_has_a_column)
{
	check_table(HELD("0.0.0.0", "80", "1", ""), &wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       -\n");
}

TEST(details_are_not_shown_unless_they_are_asked_for)
{
	static const struct table_style narrow = {.has_header = true};

	check_table(HELD("0.0.0.0", "80", "1", ",\"uptime\":5,\"cmdline\":[\"node\"]"), &narrow,
		"PORT  PID  COMMAND  USER  ADDRESS\n"
		"80    1    node     root  0.0.0.0\n");
}

TEST(each_detail_has_its_column_and_what_is_unknown_is_a_dash)
{
	check_table(HELD("0.0.0.0", "80", "1", "") HELD("0.0.0.0", "81", "2",
			    ",\"cmdline\":[\"node\",\"a b\",\"\"],\"cwd\":\"/srv/shop\","
			    "\"uptime\":12000,\"unit\":{\"name\":\"shop.service\","
			    "\"manager\":\"system\"},\"container\":{\"name\":\"web\","
			    "\"runtime\":\"docker\"}"),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME      UNIT          CONTAINER     "
		"DIRECTORY  "
		"COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -           -             -             -      "
		"    "
		"-\n"
		"81    2    node     root  0.0.0.0  3 h 20 min  shop.service  web (docker)  "
		"/srv/shop  "
		"node 'a b' ''\n");
}

TEST(the_unit_of_a_user_is_distinguished_from_one_of_the_system)
{
	check_table(HELD("0.0.0.0", "80", "1",
			    ",\"unit\":{\"name\":\"a.service\",\"manager\":\"user\"}")
			    HELD("0.0.0.0", "81", "2",
				    ",\"unit\":{\"name\":\"a.service\",\"manager\":\"system\"}"),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  UNIT              COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       a.service (user)  -\n"
		"81    2    node     root  0.0.0.0  -       a.service         -\n");
}

#define CONTAINER(port, members)                                                                   \
	HELD("0.0.0.0", port, "1", ",\"container\":{" members "\"runtime\":\"podman\"}")

TEST(a_container_is_called_what_its_runtime_takes_or_what_is_known_of_it)
{
	check_table(CONTAINER("80", "\"id\":\"0123456789abcdef\",\"name\":\"web\",")
			    CONTAINER("81", "\"id\":\"0123456789abcdef\",\"address\":\"10.0.0.2\",")
				    CONTAINER("82", "\"id\":\"0123\",") CONTAINER(
					    "83", "\"address\":\"10.0.0.2\",\"port\":8080,")
					    CONTAINER("84", "\"address\":\"fd00::2\",\"port\":80,")
						    CONTAINER("85", "\"address\":\"10.0.0.2\",")
							    CONTAINER("86", ""),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  CONTAINER               COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       web (podman)            -\n"
		"81    1    node     root  0.0.0.0  -       0123456789ab (podman)   -\n"
		"82    1    node     root  0.0.0.0  -       0123 (podman)           -\n"
		"83    1    node     root  0.0.0.0  -       10.0.0.2:8080 (podman)  -\n"
		"84    1    node     root  0.0.0.0  -       [fd00::2]:80 (podman)   -\n"
		"85    1    node     root  0.0.0.0  -       10.0.0.2 (podman)       -\n"
		"86    1    node     root  0.0.0.0  -       podman                  -\n");
}

TEST(a_service_without_a_directory_of_its_own_has_none)
{
	check_table(HELD("0.0.0.0", "80", "1", ",\"cwd\":\"/\""), &wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       -\n");
	check_table(HELD("0.0.0.0", "80", "1", ",\"cwd\":\"/\"")
			    HELD("0.0.0.0", "81", "2", ",\"cwd\":\"/a\""),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  DIRECTORY  COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       -          -\n"
		"81    2    node     root  0.0.0.0  -       /a         -\n");
}

TEST(a_title_is_no_word_for_a_shell_and_a_path_with_blanks_is_one)
{
	check_table(HELD("0.0.0.0", "80", "1", ",\"cmdline\":[\"nginx: worker process  \"]")
			    HELD("0.0.0.0", "81", "1", ",\"cmdline\":[\"/opt/My App/run\"]")
				    HELD("0.0.0.0", "82", "1", ",\"cmdline\":[\"  \"]")
					    HELD("0.0.0.0", "83", "1", ",\"cmdline\":[\"\"]")
						    HELD("0.0.0.0", "84", "1", ",\"cmdline\":[]"),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       nginx: worker process\n"
		"81    1    node     root  0.0.0.0  -       '/opt/My App/run'\n"
		"82    1    node     root  0.0.0.0  -       '  '\n"
		"83    1    node     root  0.0.0.0  -       ''\n"
		"84    1    node     root  0.0.0.0  -       -\n");
}

TEST(no_detail_controls_the_terminal_or_ends_a_line)
{
	check_table(HELD("0.0.0.0", "80", "1",
			    ",\"cmdline\":[\"a\\nb\",\"\\u001b[2J\"],\"cwd\":\"/\\r\","
			    "\"unit\":{\"name\":\"\\u202e\",\"manager\":\"system\"},"
			    "\"container\":{\"name\":\"\\u009b\",\"runtime\":\"\\u0007\"}"),
		&wide,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  UNIT          CONTAINER        "
		"DIRECTORY  "
		"COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       \\xe2\\x80\\xae  \\xc2\\x9b (\\x07)  "
		"/\\x0d      'a\\x0ab' '\\x1b[2J'\n");
}

TEST(lines_are_cut_at_the_edge_of_the_terminal_the_heading_too)
{
	static const char lines[] = HELD("0.0.0.0", "80", "1",
		",\"cmdline\":[\"node\",\"\xe6\x97\xa5\xe6\x97\xa5\"],\"uptime\":1")
		HELD("0.0.0.0", "81", "2", ",\"cmdline\":[\"a\"]");
	struct table_style style = wide;

	style.columns = 53;
	style.has_color = true;
	check_table(lines, &style,
		"\x1b[1mPORT  PID  COMMAND  USER  ADDRESS  UPTIME  COMMAND L" MARK
		"\x1b[0m\n"
		"80    1    node     root  0.0.0.0  1 s     node '\xe6\x97\xa5"
		" " MARK
		"\n"
		"81    2    node     root  0.0.0.0  -       a\n");
	style.columns = 8;
	style.has_color = false;
	style.has_header = false;
	check_table(lines, &style,
		"80  1  " MARK
		"\n"
		"81  2  " MARK "\n");
}

TEST(on_a_narrow_terminal_the_directory_gives_way_to_the_command_line)
{
	static const struct table_style on_terminal = {
		.has_header = true, .is_wide = true, .columns = 80};
	const char *line = HELD("0.0.0.0", "80", "1",
		",\"cmdline\":[\"node\",\"server.js\"],\"cwd\":\"/home/alice/src/work/shop\"");

	check_table(line, &on_terminal,
		"PORT  PID  COMMAND  USER  ADDRESS  UPTIME  DIRECTORY              COMMAND LINE\n"
		"80    1    node     root  0.0.0.0  -       " MARK
		"/alice/src/work/shop  node "
		"server.js\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_a_narrow_terminal_the_directory_gives_way_to_the_command_line),
		cmocka_unit_test(
			without_details_only_what_might_be_known_of_any_process_has_a_column),
		cmocka_unit_test(details_are_not_shown_unless_they_are_asked_for),
		cmocka_unit_test(each_detail_has_its_column_and_what_is_unknown_is_a_dash),
		cmocka_unit_test(the_unit_of_a_user_is_distinguished_from_one_of_the_system),
		cmocka_unit_test(
			a_container_is_called_what_its_runtime_takes_or_what_is_known_of_it),
		cmocka_unit_test(a_service_without_a_directory_of_its_own_has_none),
		cmocka_unit_test(a_title_is_no_word_for_a_shell_and_a_path_with_blanks_is_one),
		cmocka_unit_test(no_detail_controls_the_terminal_or_ends_a_line),
		cmocka_unit_test(lines_are_cut_at_the_edge_of_the_terminal_the_heading_too),
	};

	return cmocka_run_group_tests_name("table_wide", tests, NULL, NULL);
}
