#include "ss/linux_netstat.h"

#include "unit.h"

const char program_name[] = "test";

static enum parse_result parse(
	struct bytes line, struct linux_netstat_row *ret_row, const char **why)
{
	return linux_netstat_parse_row(line, ret_row, why);
}

/* `expected` is "PROTO ADDRESS PORT PID COMMAND". */
static void check(const char *line, const char *expected)
{
	struct bytes which = bytes_of(line);
	struct linux_netstat_row row = {0};
	const char *why = NULL;
	char address[ADDRESS_TEXT_MAX];
	char told[ADDRESS_TEXT_MAX + 128];

	assert_case(which, parse(which, &row, &why), PARSE_RECORD);
	assert_null(why);
	address_format(&row.endpoint.address, address);
	snprintf(told, sizeof(told), "%s%d %s %d %lld %.*s",
		listener_proto_name(row.endpoint.proto),
		row.endpoint.address.family == FAMILY_IPV6 ? 6 : 4, address, row.endpoint.port,
		(long long)row.pid, (int)row.command.length,
		row.command.data ? row.command.data : "");
	assert_text(told, expected);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

static void check_skipped(const char *line)
{
	struct linux_netstat_row row = {0};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(bytes_of(line), &row, &why), PARSE_SKIP);
	assert_null(why);
}
#define check_skipped(...) UNIT_AT(check_skipped(__VA_ARGS__))

static void check_malformed(const char *line, const char *expected)
{
	struct linux_netstat_row row = {0};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(bytes_of(line), &row, &why), PARSE_MALFORMED);
	assert_text(why ? why : "", expected);
}
#define check_malformed(...) UNIT_AT(check_malformed(__VA_ARGS__))

TEST(a_socket_is_listed_with_its_holder)
{
	check("tcp        0      0 0.0.0.0:80     0.0.0.0:*     LISTEN      1234/nginx          ",
		"tcp4 0.0.0.0 80 1234 nginx");
	check("udp        0      0 127.0.0.53:53  0.0.0.0:*                 811/systemd-resolve ",
		"udp4 127.0.0.53 53 811 systemd-resolve");
	check("tcp6 0 0 :::22 :::* LISTEN 700/sshd\r", "tcp6 :: 22 700 sshd");
	check("tcp6 0 0 127.0.0.1:3001 :::* LISTEN 7/node", "tcp6 ::ffff:127.0.0.1 3001 7 node");
	check("tcp 0 0 :::22 :::* LISTEN 700/sshd", "tcp6 :: 22 700 sshd");
	check("udp6 0 0 fe80::a00:27ff:fe4e:66a1:546 :::* 9/x",
		"udp6 fe80::a00:27ff:fe4e:66a1 546 9 x");
}

TEST(a_hidden_holder_is_none)
{
	check("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN -", "tcp4 0.0.0.0 80 -1 ");
	check("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN", "tcp4 0.0.0.0 80 -1 ");
	check("udp 0 0 0.0.0.0:68 0.0.0.0:*", "udp4 0.0.0.0 68 -1 ");
}

TEST(the_name_is_that_of_the_program)
{
	check("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 1234/nginx: master  ",
		"tcp4 0.0.0.0 80 1234 nginx");
	check("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 1234/sshd: /usr/sbin",
		"tcp4 0.0.0.0 80 1234 sshd");
	check("tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 1234/Web Content ",
		"tcp4 0.0.0.0 80 1234 Web Content");
	check("tcp 0 0 0.0.0.0:63 0.0.0.0:* LISTEN 1/redis-server *:63",
		"tcp4 0.0.0.0 63 1 redis-server *:63");
	check("tcp 0 0 0.0.0.0:63 0.0.0.0:* LISTEN 1/a/b", "tcp4 0.0.0.0 63 1 a/b");
	check("tcp 0 0 0.0.0.0:63 0.0.0.0:* LISTEN 1/", "tcp4 0.0.0.0 63 1 ");
}

TEST(columns_of_users_and_inodes_are_skipped)
{
	check("tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN root 4135783 5902/sshd",
		"tcp4 0.0.0.0 22 5902 sshd");
	check("udp 0 0 0.0.0.0:22 0.0.0.0:* 1000 4135783 -", "udp4 0.0.0.0 22 -1 ");
}

TEST(other_sockets_and_lines_are_skipped)
{
	check_skipped("tcp 0 0 127.0.0.1:37308 127.0.0.1:80 ESTABLISHED 5907/curl");
	check_skipped("udp 0 0 127.0.0.1:58091 127.0.0.1:53 ESTABLISHED 5907/curl");
	check_skipped("tcp6 0 0 ::1:80 ::1:37308 TIME_WAIT -");
	check_skipped("raw6 0 0 :::58 :::* 7 1/x");
	check_skipped("unix 2 [ ACC ] STREAM LISTENING 4711 1/init /run/x");
	check_skipped("Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name");
	check_skipped("Active Internet connections (only servers)");
	check_skipped("");
	check_skipped("LISTEN 0 128 0.0.0.0:22 0.0.0.0:*");
}

TEST(a_heading_is_not_that_of_BSD)
{
	assert_true(linux_netstat_is_heading(
		BYTES("Proto Recv-Q Send-Q Local Address Foreign Address State")));
	assert_false(linux_netstat_is_heading(
		BYTES("Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)")));
	assert_false(linux_netstat_is_heading(BYTES("  Proto  Local Address  State  PID")));
}

TEST(a_malformed_row_is_reported)
{
	check_malformed("tcp", "columns are missing");
	check_malformed("tcp 0 0 0.0.0.0:22", "columns are missing");
	check_malformed("tcp 0 0 0.0.0.0:22 0.0.0.0:*", "columns are missing");
	check_malformed("tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*", "columns are missing");
	check_malformed("tcp 0 0 0.0.0.0:ssh 0.0.0.0:* LISTEN 1/sshd",
		"a port is not a number: run netstat with -n");
	check_malformed("tcp 0 0 10.0.0.1:5000 box:https ESTABLISHED 1/x",
		"a port is not a number: run netstat with -n");
	check_malformed("tcp 0 0 *.22 *.* LISTEN", "no port in an address");
	check_malformed("tcp 0 0 localhost:22 0.0.0.0:* LISTEN 1/sshd",
		"not a numeric address: run the tool with -n");
	check_malformed("tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 4294967296/sshd",
		"the pid is not a number from 0 to 4294967295");
}

/* What is left of fe80::a00:27ff:fe4e:66a1 is an address of another machine. */
TEST(an_address_that_may_be_cut_is_not_taken_for_whole)
{
	static const char why[] = "the address may be cut off: run netstat with -W";

	check_malformed("tcp6 0 0 fe80::a00:27ff:fe4:3003 :::* LISTEN 1/x", why);
	check_malformed("tcp6 0 0 fd00:db8:1234:5678:3004 :::* LISTEN 1/x", why);
	check_malformed("udp 0 0 fe80::a00:27ff:fe4e:546 :::* 1/x", why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_is_listed_with_its_holder),
		cmocka_unit_test(a_hidden_holder_is_none),
		cmocka_unit_test(the_name_is_that_of_the_program),
		cmocka_unit_test(columns_of_users_and_inodes_are_skipped),
		cmocka_unit_test(other_sockets_and_lines_are_skipped),
		cmocka_unit_test(a_heading_is_not_that_of_BSD),
		cmocka_unit_test(a_malformed_row_is_reported),
		cmocka_unit_test(an_address_that_may_be_cut_is_not_taken_for_whole),
	};

	return cmocka_run_group_tests_name("linux_netstat", tests, NULL, NULL);
}
