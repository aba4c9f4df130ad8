#include "explanation.h"
#include "rows_told.h"

const char program_name[] = "test";

#define DOT "\xc2\xb7"
#define THEN "\xe2\x80\xba"

static const struct explanation_style style = {
	.home = TEXT("/home/alice"),
	.unhiding = "use sudo to see it",
};

static void check_explanations(
	const char *lines, const struct explanation_style *how, const char *expected)
{
	struct rows rows = rows_of(lines, KEEP_DETAILS);
	struct buffer text = {0};

	assert_int_equal(buffer_append_byte(&text, '>'), 0);
	assert_int_equal(explanations_append(&text, &rows, how), 0);
	assert_bytes(bytes_skip(buffer_bytes(&text), 1), bytes_of(expected));
	buffer_release(&text);
	rows_release(&rows);
}
#define check_explanations(...) UNIT_AT(check_explanations(__VA_ARGS__))

#define NO_REMEDY                                                                                  \
	"  to free it  can't tell: its line has no remedy, which pf-resolve --details adds while " \
	"the process runs\n"

TEST(a_explanation_tells_all_that_is_known_and_last_how_to_free_the_port)
{
	check_explanations(
		HELD("0.0.0.0", "3000", "12345",
			",\"cmdline\":[\"node\",\"server.js\"],\"exe\":\"/usr/bin/node\","
			"\"cwd\":\"/home/alice/src\",\"uptime\":183600,\"ppid\":900,"
			"\"ancestors\":[{\"pid\":900,\"command\":\"npm run dev\"},"
			"{\"pid\":1,\"command\":\"systemd\"}],"
			"\"unit\":{\"name\":\"shop.service\",\"manager\":\"user\"},"
			"\"container\":{\"id\":\"3f2a9c0d1b2e4455\",\"name\":\"web\","
			"\"runtime\":\"docker\"},\"remedy\":{\"verdict\":\"stop\","
			"\"command\":\"systemctl --user stop shop.service\","
			"\"why\":\"otherwise systemd restarts it\"}"),
		&style,
		"0.0.0.0:3000 " DOT
		" node (12345), root, up 2 d 3 h\n"
		"  runs        node server.js\n"
		"  in          ~/src\n"
		"  unit        shop.service (the user's)\n"
		"  container   web (docker 3f2a9c0d1b2e)\n"
		"  started by  systemd (1) " THEN " npm run dev (900) " THEN
		" node (12345)\n"
		"  to free it  systemctl --user stop shop.service\n              otherwise systemd "
		"restarts it\n");
}

TEST(a_process_has_one_explanation_with_all_its_sockets_and_hidden_holders_have_one_each)
{
	check_explanations(
		HELD("0.0.0.0", "90", "null", "") HELD("0.0.0.0", "90", "7", ",\"pid_start\":2")
			HELD("0.0.0.0", "80", "5", "") HELD("0.0.0.0", "90", "7",
				",\"pid_start\":1") HELD("127.0.0.1", "80", "7", ",\"pid_start\":1")
				HELD("0.0.0.0", "80", "5", "") HELD("0.0.0.0", "91", "null", ""),
		&style,
		"0.0.0.0:80 " DOT " node (5), root\n" NO_REMEDY "\n127.0.0.1:80, 0.0.0.0:90 " DOT
		" node (7), root\n" NO_REMEDY "\n0.0.0.0:90 " DOT
		" hidden holder, user root\n"
		"  to free it  can't tell: the holder is hidden: use sudo to see it\n"
		"\n0.0.0.0:90 " DOT " node (7), root\n" NO_REMEDY "\n0.0.0.0:91 " DOT
		" hidden holder, user root\n"
		"  to free it  can't tell: the holder is hidden: use sudo to see it\n");
}

TEST(udp_and_ipv6_are_distinguished_from_tcp_and_ipv4)
{
	check_explanations(
		"{\"proto\":\"udp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":53,"
		"\"pid\":9,\"uid\":null,\"command\":null,\"user\":null}\n"
		"{\"proto\":\"tcp\",\"family\":\"ipv6\",\"address\":\"fe80::1%eth0\",\"port\":53,"
		"\"pid\":9,\"uid\":null,\"command\":\"\",\"user\":null}\n"
		"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":54,"
		"\"pid\":10,\"uid\":null,\"command\":null,\"user\":null}\n"
		"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":55,"
		"\"pid\":null,\"uid\":null,\"command\":null,\"user\":null}\n",
		&style,
		"[fe80::1%eth0]:53, 0.0.0.0:53/udp " DOT " \"\" (9)\n" NO_REMEDY "\n0.0.0.0:54 " DOT
		" process 10\n" NO_REMEDY "\n0.0.0.0:55 " DOT
		" hidden holder\n"
		"  to free it  can't tell: the holder is hidden: use sudo to see it\n");
}

static void check_remedy(const char *members, const char *expected)
{
	char line[1024];
	char explanation[1024];

	snprintf(line, sizeof(line), HELD("0.0.0.0", "80", "5", ",\"remedy\":{%s}"), members);
	snprintf(explanation, sizeof(explanation),
		"0.0.0.0:80 " DOT " node (5), root\n  to free it  %s\n", expected);
	check_explanations(line, &style, explanation);
}
#define check_remedy(...) UNIT_AT(check_remedy(__VA_ARGS__))

TEST(the_last_line_says_what_to_do_or_why_that_cannot_be_told)
{
	check_remedy("\"verdict\":\"kill\",\"command\":\"kill 5\",\"why\":\"nothing restarts it\"",
		"kill 5\n              nothing restarts it");
	check_remedy("\"verdict\":\"stop\",\"command\":\"sv stop a\"", "sv stop a");
	check_remedy("\"verdict\":\"stop\",\"why\":\"stop its pod\"", "stop its pod");
	check_remedy(
		"\"verdict\":\"stop\",\"command\":\"\",\"why\":\"stop its pod\"", "stop its pod");
	check_remedy(
		"\"verdict\":\"unknown\",\"command\":\"kill 5\",\"why\":\"a (3) may restart it\"",
		"kill 5\n              for now: a (3) may restart it");
	check_remedy("\"verdict\":\"unknown\",\"why\":\"a (3) may restart it\"",
		"can't tell: a (3) may restart it");
	check_remedy("\"verdict\":\"unknown\",\"command\":\"kill 5\"",
		"kill 5\n              can't tell whether it stays free");
	check_remedy("\"verdict\":\"unknown\"", "can't tell whether it stays free");
	check_remedy("\"verdict\":\"kill\"",
		"can't tell: its line has no remedy, which pf-resolve --details adds while "
		"the process runs");
}

static void check_directory(const char *directory, struct bytes home, const char *expected)
{
	struct explanation_style here = {.home = home, .unhiding = ""};
	char line[512];
	char explanation[512];

	snprintf(line, sizeof(line), HELD("0.0.0.0", "80", "5", ",\"cwd\":\"%s\""), directory);
	snprintf(explanation, sizeof(explanation),
		"0.0.0.0:80 " DOT " node (5), root\n  in          %s\n%s", expected, NO_REMEDY);
	check_explanations(line, &here, explanation);
}
#define check_directory(...) UNIT_AT(check_directory(__VA_ARGS__))

TEST(a_directory_at_home_is_short_and_no_other)
{
	check_directory("/home/alice/src", BYTES("/home/alice"), "~/src");
	check_directory("/home/alice", BYTES("/home/alice"), "~");
	check_directory("/home/alice/src", BYTES("/home/alice//"), "~/src");
	check_directory("/home/alice2/src", BYTES("/home/alice"), "/home/alice2/src");
	check_directory("/home", BYTES("/home/alice"), "/home");
	check_directory("/srv", BYTES("/"), "/srv");
	check_directory("/srv", BYTES(""), "/srv");
	check_directory("/srv", (struct bytes){0}, "/srv");
}

TEST(a_forwarder_says_where_to)
{
	check_explanations(
		HELD("0.0.0.0", "80", "5",
			",\"container\":{\"name\":\"web\",\"runtime\":\"docker\","
			"\"address\":\"10.0.0.2\",\"port\":80}") HELD("0.0.0.0", "81", "6",
			",\"container\":{\"runtime\":\"docker\",\"address\":\"fd00::2\","
			"\"port\":80}")
			HELD("0.0.0.0", "82", "7", ",\"container\":{\"runtime\":\"kubernetes\"}"),
		&style,
		"0.0.0.0:80 " DOT
		" node (5), root\n"
		"  container   web (docker), to which it forwards at 10.0.0.2:80\n" NO_REMEDY
		"\n0.0.0.0:81 " DOT
		" node (6), root\n"
		"  container   [fd00::2]:80 (docker)\n" NO_REMEDY "\n0.0.0.0:82 " DOT
		" node (7), root\n"
		"  container   kubernetes\n" NO_REMEDY);
}

TEST(what_says_nothing_has_no_line)
{
	check_explanations(HELD("0.0.0.0", "80", "5",
				   ",\"cmdline\":[],\"ancestors\":[],\"cwd\":\"\",\"exe\":\"\","
				   "\"started\":\"2026-11-23T21:16:00Z\",\"ppid\":1"),
		&style, "0.0.0.0:80 " DOT " node (5), root\n" NO_REMEDY);
	check_explanations(HELD("0.0.0.0", "80", "5", ",\"cmdline\":[],\"exe\":\"/bin/a b\""),
		&style, "0.0.0.0:80 " DOT " node (5), root\n  runs        /bin/a b\n" NO_REMEDY);
}

TEST(color_marks_the_headings_and_nothing_else)
{
	static const struct explanation_style color = {.has_color = true, .unhiding = "."};

	check_explanations(HELD("0.0.0.0", "80", "null", "") HELD("0.0.0.0", "81", "null", ""),
		&color,
		"\x1b[1m0.0.0.0:80 " DOT
		" hidden holder, user root\x1b[0m\n"
		"  to free it  can't tell: the holder is hidden: .\n"
		"\n\x1b[1m0.0.0.0:81 " DOT
		" hidden holder, user root\x1b[0m\n"
		"  to free it  can't tell: the holder is hidden: .\n");
}

TEST(nothing_in_an_explanation_controls_the_terminal_or_forges_a_line)
{
	check_explanations(
		"{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":80,"
		"\"pid\":5,\"uid\":0,\"command\":\"a\\nb\",\"user\":\"\\u001b[1m\","
		"\"cmdline\":[\"\\u001b[2J\"],\"cwd\":\"/\\n\",\"ancestors\":[{\"pid\":1,"
		"\"command\":\"\\r\"}],\"unit\":{\"name\":\"\\u202e\",\"manager\":\"system\"},"
		"\"container\":{\"name\":\"\\n\",\"id\":\"\\u0000\",\"runtime\":\"\\u007f\","
		"\"address\":\"\\u009b\"},\"remedy\":{\"verdict\":\"stop\",\"command\":\"a\\nb\","
		"\"why\":\"\\u0007\"}}\n",
		&style,
		"0.0.0.0:80 " DOT
		" a\\x0ab (5), \\x1b[1m\n"
		"  runs        '\\x1b[2J'\n"
		"  in          /\\x0a\n"
		"  unit        \\xe2\\x80\\xae\n"
		"  container   \\x0a (\\x7f \\x00), to which it forwards at \\xc2\\x9b\n"
		"  started by  \\x0d (1) " THEN
		" a\\x0ab (5)\n"
		"  to free it  a\\x0ab\n              \\x07\n");
}

TEST(no_rows_are_no_explanations)
{
	check_explanations("", &style, "");
}

TEST(long_lines_are_folded_on_a_terminal_and_the_command_is_not)
{
	struct explanation_style narrow = {.unhiding = "", .columns = 50};

	check_explanations(
		HELD("0.0.0.0", "80", "5",
			",\"cmdline\":[\"node\",\"--title\",\"one-long-argument\","
			"\"server.js\",\"x\"],\"remedy\":{\"verdict\":\"stop\","
			"\"command\":\"systemctl --user stop a-service-with-a-long-name.service\","
			"\"why\":\"otherwise the user's systemd restarts it "
			"(Restart=always)\"}"),
		&narrow,
		"0.0.0.0:80 " DOT
		" node (5), root\n"
		"  runs        node --title one-long-argument\n"
		"              server.js x\n"
		"  to free it  systemctl --user stop a-service-with-a-long-name.service\n"
		"              otherwise the user's systemd\n"
		"              restarts it (Restart=always)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_lines_are_folded_on_a_terminal_and_the_command_is_not),
		cmocka_unit_test(
			a_explanation_tells_all_that_is_known_and_last_how_to_free_the_port),
		cmocka_unit_test(
			a_process_has_one_explanation_with_all_its_sockets_and_hidden_holders_have_one_each),
		cmocka_unit_test(udp_and_ipv6_are_distinguished_from_tcp_and_ipv4),
		cmocka_unit_test(the_last_line_says_what_to_do_or_why_that_cannot_be_told),
		cmocka_unit_test(a_directory_at_home_is_short_and_no_other),
		cmocka_unit_test(a_forwarder_says_where_to),
		cmocka_unit_test(what_says_nothing_has_no_line),
		cmocka_unit_test(color_marks_the_headings_and_nothing_else),
		cmocka_unit_test(nothing_in_an_explanation_controls_the_terminal_or_forges_a_line),
		cmocka_unit_test(no_rows_are_no_explanations),
	};

	return cmocka_run_group_tests_name("explanation", tests, NULL, NULL);
}
