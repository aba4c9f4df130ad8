#include "ss/ss_row.h"

#include "unit.h"
#include "words.h"

const char program_name[] = "test";

enum { OLD = true, NEW = false };

static enum parse_result parse(
	struct bytes line, bool is_old, struct ss_row *ret_row, const char **why)
{
	char *alone = unit_alone(line);
	enum parse_result result = ss_parse_row(
		(struct bytes){alone, line.length}, is_old, ret_row, why);

	free(alone);
	return result;
}

static void check(const char *line, bool is_old, const char *endpoint)
{
	struct bytes which = bytes_of(line);
	struct ss_row row = {0};
	const char *why = NULL;
	char address[ADDRESS_TEXT_MAX];
	char told[ADDRESS_TEXT_MAX + 32];

	assert_case(which, parse(which, is_old, &row, &why), PARSE_RECORD);
	assert_null(why);
	assert_true(ss_is_row(which));
	address_format(&row.endpoint.address, address);
	snprintf(told, sizeof(told), "%s%d %s %d", listener_proto_name(row.endpoint.proto),
		row.endpoint.address.family == FAMILY_IPV6 ? 6 : 4, address, row.endpoint.port);
	assert_text(told, endpoint);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

static void check_skipped(const char *line, bool is_row)
{
	struct ss_row row = {0};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(bytes_of(line), NEW, &row, &why), PARSE_SKIP);
	assert_case(bytes_of(line), ss_is_row(bytes_of(line)), is_row);
	assert_null(why);
}
#define check_skipped(...) UNIT_AT(check_skipped(__VA_ARGS__))

static void check_malformed(const char *line, const char *expected)
{
	struct ss_row row = {0};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(bytes_of(line), NEW, &row, &why), PARSE_MALFORMED);
	assert_text(why ? why : "", expected);
}
#define check_malformed(...) UNIT_AT(check_malformed(__VA_ARGS__))

/* Each holder as "COMMAND PID FD;"; "?" where they are malformed. */
static void check_holders(const char *users, const char *expected)
{
	struct bytes rest = bytes_of(users);
	char told[256] = "";

	while (rest.data) {
		struct ss_holder holder;
		size_t length = strlen(told);

		if (ss_cut_holder(&rest, &holder)) {
			snprintf(told + length, sizeof(told) - length, "?");
			break;
		}
		snprintf(told + length, sizeof(told) - length, "%.*s %lld %lld;",
			(int)holder.command.length, holder.command.data, (long long)holder.pid,
			(long long)holder.fd);
	}
	assert_text(told, expected);
}
#define check_holders(...) UNIT_AT(check_holders(__VA_ARGS__))

TEST(a_socket_is_listed_with_a_netid_and_without)
{
	check("tcp   LISTEN 0      128    0.0.0.0:22   0.0.0.0:*", NEW, "tcp4 0.0.0.0 22");
	check("LISTEN 0      128    0.0.0.0:22   0.0.0.0:*  users:((\"sshd\",pid=1,fd=3))", NEW,
		"tcp4 0.0.0.0 22");
	check("udp UNCONN 0 0 0.0.0.0:5353 0.0.0.0:*\r", NEW, "udp4 0.0.0.0 5353");
	check("\tUNCONN\t0\t0\t[::1]:5353\t[::]:*", NEW, "udp6 ::1 5353");
}

TEST(the_address_tells_the_family)
{
	check("LISTEN 0 1 *:3000 *:*", NEW, "tcp6 :: 3000");
	check("LISTEN 0 1 [::]:22 [::]:*", NEW, "tcp6 :: 22");
	check("LISTEN 0 1 [::ffff:127.0.0.1]:1 *:*", NEW, "tcp6 ::ffff:127.0.0.1 1");
	check("LISTEN 0 1 *:22 *:*", OLD, "tcp4 0.0.0.0 22");
	check("LISTEN 0 1 :::22 :::*", OLD, "tcp6 :: 22");
	check("LISTEN 0 1 ::1:25 :::*", OLD, "tcp6 ::1 25");
}

TEST(a_zone_is_kept)
{
	check("UNCONN 0 0 127.0.0.53%lo:53 0.0.0.0:*", NEW, "udp4 127.0.0.53%lo 53");
	check("UNCONN 0 0 0.0.0.0%eth0:68 0.0.0.0:*", NEW, "udp4 0.0.0.0%eth0 68");
	check("UNCONN 0 0 *%eth0:547 *:*", NEW, "udp6 ::%eth0 547");
	check("UNCONN 0 0 [fe80::1]%eth0:546 [::]:*", NEW, "udp6 fe80::1%eth0 546");
}

TEST(rows_that_only_an_old_ss_prints_are_distinguished_from_new_ones)
{
	assert_true(ss_is_old_row(BYTES("LISTEN 0 128 :::22 :::*")));
	assert_true(ss_is_old_row(BYTES("tcp LISTEN 0 100 127.0.0.1:25 *:*")));
	assert_false(ss_is_old_row(BYTES("LISTEN 0 128 *:22 *:*")));
	assert_false(ss_is_old_row(BYTES("LISTEN 0 128 127.0.0.1:25 0.0.0.0:*")));
	assert_false(ss_is_old_row(BYTES("LISTEN 0 128 [::ffff:127.0.0.1]:25 *:*")));
	assert_false(ss_is_old_row(BYTES("LISTEN 0 128")));
	assert_false(ss_is_old_row(BYTES(":::22 :::*")));
}

TEST(other_sockets_are_skipped)
{
	check_skipped("tcp ESTAB 0 0 127.0.0.1:22 127.0.0.1:5000", true);
	check_skipped("ESTAB 0 0 127.0.0.1:22 127.0.0.1:5000", true);
	check_skipped("TIME-WAIT 0 0 127.0.0.1:22 127.0.0.1:5000", true);
	check_skipped("udp ESTAB 0 0 127.0.0.1:53 127.0.0.1:5000", true);
	check_skipped("tcp UNCONN 0 0 0.0.0.0:1 0.0.0.0:*", true);
	check_skipped("u_str LISTEN 0 4096 /run/dbus 4711 * 0", true);
	check_skipped("nl UNCONN 0 0 4:29018 *", true);
	check_skipped("mptcp LISTEN 0 0 0.0.0.0:1 0.0.0.0:*", true);
	check_skipped("UNCONN 0 0 0.0.0.0:* 0.0.0.0:*", true);
}

TEST(what_is_no_row_is_skipped)
{
	check_skipped("", false);
	check_skipped("Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port", false);
	check_skipped("$ ss -ltnup | grep LISTEN", false);
	check_skipped("tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN", false);
	assert_true(ss_is_heading(BYTES("Netid  State  Recv-Q Send-Q Local")));
	assert_true(ss_is_heading(BYTES("State  Recv-Q  Send-Q\r")));
	assert_false(ss_is_heading(BYTES("Proto Recv-Q Send-Q")));
}

TEST(a_malformed_row_is_reported)
{
	check_malformed("LISTEN", "columns are missing");
	check_malformed("tcp LISTEN 0 128 0.0.0.0:22", "columns are missing");
	check_malformed(
		"LISTEN 0 128 0.0.0.0:ssh 0.0.0.0:*", "the port is not a number: run ss with -n");
	check_malformed("LISTEN 0 128 0.0.0.0:0 0.0.0.0:*",
		"not a port from 1 to 65535: run the tool with numeric ports");
	check_malformed("LISTEN 0 128 localhost:22 0.0.0.0:*",
		"not a numeric address: run the tool with -n");
	check_malformed(
		"LISTEN 0 128 [::1]eth0:22 [::]:*", "not a numeric address: run the tool with -n");
	check_malformed(
		"LISTEN 0 128 [::1]%:22 [::]:*", "not a numeric address: run the tool with -n");
}

TEST(each_holder_is_read)
{
	check_holders("(\"sshd\",pid=700,fd=3))", "sshd 700 3;");
	check_holders("(\"sshd\",pid=700,fd=3),(\"systemd\",pid=1,fd=70)) ino:1 <->",
		"sshd 700 3;systemd 1 70;");
	check_holders("(\"sshd\",1021,3))", "sshd 1021 3;");
	check_holders("(\"sshd\",pid=7,proc_ctx=a:b:s0-s0:c0,c1,fd=3))", "sshd 7 3;");
}

TEST(a_name_that_looks_like_a_holder_is_a_name)
{
	check_holders("(\"\",pid=1,fd=3),(\",pid=77,fd=4))", "\",pid=1,fd=3),( 77 4;");
	check_holders("(\"a\",pid=1,fd=3\",pid=5811,fd=6))", "a\",pid=1,fd=3 5811 6;");
	check_holders("(\"\",pid=2,fd=3))", " 2 3;");
}

TEST(bad_holders_are_reported)
{
	check_holders("", "?");
	check_holders("(\"nginx\",pid=70", "?");
	check_holders("(\"nginx\",pid=x,fd=1))", "?");
	check_holders("(\"nginx\",pid=4294967296,fd=1))", "?");
	check_holders("(\"nginx\",pid=1))", "?");
	check_holders("(\"a\",pid=1,fd=1)", "?");
	check_holders("(\"a\",pid=1,fd=1),", "a 1 1;?");
	check_holders("(\"sixteen bytes...\",pid=1,fd=1))", "?");
}

TEST(users_on_a_line_of_their_own_belong_to_the_row)
{
	struct bytes text = BYTES("LISTEN 0 1 *:1 *:*\n users:((\"a\",pid=1,fd=1))\nnext\n");

	assert_bytes(ss_cut_row(&text), BYTES("LISTEN 0 1 *:1 *:*\n users:((\"a\",pid=1,fd=1))"));
	assert_bytes(ss_cut_row(&text), BYTES("next"));
	assert_bytes(ss_cut_row(&text), BYTES(""));
	assert_null(text.data);
}

TEST(lines_that_look_like_sockets_are_distinguished_from_others)
{
	assert_true(words_look_like_socket(BYTES("ffff tcp4 0 0 *.22 *.* LISTEN")));
	assert_true(words_look_like_socket(BYTES("tcp4 0 0 127.0.0.1.3000 *.* LISTEN")));
	assert_true(words_look_like_socket(BYTES("TCPv6 [::]:135 [::]:0 LISTENING 4")));
	assert_true(words_look_like_socket(BYTES("x 0 0 :::22 :::*")));
	assert_false(words_look_like_socket(BYTES("$ ss -ltn | grep 0.0.0.0:80")));
	assert_false(words_look_like_socket(BYTES("Active Internet connections")));
	assert_false(words_look_like_socket(BYTES("unix 2 [ ACC ] STREAM LISTENING 1 /x:1")));
	assert_false(words_look_like_socket(BYTES("12:30:00 up 5 days, 0.01 0.02")));
	assert_false(words_look_like_socket(BYTES("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_is_listed_with_a_netid_and_without),
		cmocka_unit_test(the_address_tells_the_family),
		cmocka_unit_test(a_zone_is_kept),
		cmocka_unit_test(rows_that_only_an_old_ss_prints_are_distinguished_from_new_ones),
		cmocka_unit_test(other_sockets_are_skipped),
		cmocka_unit_test(what_is_no_row_is_skipped),
		cmocka_unit_test(a_malformed_row_is_reported),
		cmocka_unit_test(each_holder_is_read),
		cmocka_unit_test(a_name_that_looks_like_a_holder_is_a_name),
		cmocka_unit_test(bad_holders_are_reported),
		cmocka_unit_test(users_on_a_line_of_their_own_belong_to_the_row),
		cmocka_unit_test(lines_that_look_like_sockets_are_distinguished_from_others),
	};

	return cmocka_run_group_tests_name("ss_row", tests, NULL, NULL);
}
