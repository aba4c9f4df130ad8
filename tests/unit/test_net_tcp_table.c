#include "netstat/net_tcp_table.h"

#include "unit.h"

const char program_name[] = "test";

#define HEADING "LocalAddress LocalPort RemoteAddress RemotePort State AppliedSetting OwningProcess"
#define NARROW "LocalAddress LocalPort RemoteAddress RemotePort State AppliedSetting"

/* The line below a heading gives `expected`: "ADDRESS PORT PID", "skip", or what is wrong. */
static void check(const char *heading, const char *line, const char *expected)
{
	struct net_tcp_table table = {0};
	struct windows_netstat_row row = {0};
	const char *why = NULL;
	char address[ADDRESS_TEXT_MAX];
	char told[ADDRESS_TEXT_MAX + 64] = "skip";
	enum parse_result result;

	assert_int_equal(
		net_tcp_table_parse_line(&table, bytes_of(heading), &row, &why), PARSE_SKIP);
	result = net_tcp_table_parse_line(&table, bytes_of(line), &row, &why);
	if (result == PARSE_RECORD) {
		address_format(&row.endpoint.address, address);
		snprintf(told, sizeof(told), "%s %d %lld%s", address, row.endpoint.port,
			(long long)row.pid, row.has_pid ? "" : " no column");
	}
	assert_text(result == PARSE_MALFORMED ? why : told, expected);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(a_socket_that_listens_is_listed)
{
	check(HEADING, "127.0.0.1  37777  0.0.0.0  0  Listen    28620\r", "127.0.0.1 37777 28620");
	check(HEADING, "::1  3000  ::  0  Listen  Internet  9396", "::1 3000 9396");
	check(HEADING, "fe80::1%9  139  ::  0  Listen  4", "fe80::1%9 139 4");
	check(HEADING, "0.0.0.0  80  0.0.0.0  0  Listen  0", "0.0.0.0 80 -1");
	check(NARROW, "0.0.0.0  80  0.0.0.0  0  Listen  ", "0.0.0.0 80 -1 no column");
}

TEST(other_sockets_and_lines_are_skipped)
{
	check(HEADING, "127.0.0.1 50506 127.0.0.1 3000 Established Internet 9396", "skip");
	check(HEADING, "127.0.0.1 50506 0.0.0.0 0 Bound 9396", "skip");
	check(HEADING, "------------ --------- ------------- ---------- -----", "skip");
	check(HEADING, "", "skip");
	check(HEADING, "PS C:\\> Get-NetTCPConnection -State Listen", "skip");
	check("no heading", "127.0.0.1  37777  0.0.0.0  0  Listen    28620", "skip");
}

TEST(a_malformed_row_is_reported)
{
	check(HEADING, "127.0.0.1 3003", "columns are missing");
	check(HEADING, "127.0.0.1 http 0.0.0.0 0 Listen 1",
		"a port is not a number from 0 to 65535");
	check(HEADING, "127.0.0.1 1 0.0.0.0 http Listen 1",
		"a port is not a number from 0 to 65535");
	check(HEADING, "2001:db8:1234:... 3001 :: 0 Listen 1",
		"not a whole address: pipe the table through Format-Table -AutoSize");
	check(HEADING, "127.0.0.1 1 0.0.0.0 0 Listen",
		"the pid is not a number from 0 to 4294967295");
	check(HEADING, "127.0.0.1 1 0.0.0.0 0 Listen ...",
		"the pid is not a number from 0 to 4294967295");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_that_listens_is_listed),
		cmocka_unit_test(other_sockets_and_lines_are_skipped),
		cmocka_unit_test(a_malformed_row_is_reported),
	};

	return cmocka_run_group_tests_name("net_tcp_table", tests, NULL, NULL);
}
