#include "netstat/windows_netstat.h"

#include "unit.h"

const char program_name[] = "test";

enum { UNTOUCHED = 4711, NO_COLUMN = -2 };

static enum parse_result parse(
	struct bytes line, struct windows_netstat_row *ret_row, const char **why)
{
	char *alone = unit_alone(line);
	enum parse_result result = windows_netstat_parse_row(
		(struct bytes){alone, line.length}, ret_row, why);

	free(alone);
	return result;
}

/* `pid` is LISTENER_NONE for one that is told and none, NO_COLUMN where none is told. */
static void check(const char *line, const char *endpoint, int64_t pid)
{
	struct bytes which = bytes_of(line);
	struct windows_netstat_row row = {0};
	const char *why = NULL;
	char address[ADDRESS_TEXT_MAX];
	char told[ADDRESS_TEXT_MAX + 32];

	assert_case(which, parse(which, &row, &why), PARSE_RECORD);
	assert_null(why);
	assert_true(windows_netstat_is_row(which));
	address_format(&row.endpoint.address, address);
	snprintf(told, sizeof(told), "%s%d %s %d", listener_proto_name(row.endpoint.proto),
		row.endpoint.address.family == FAMILY_IPV6 ? 6 : 4, address, row.endpoint.port);
	assert_text(told, endpoint);
	assert_case(which, row.has_pid, pid != NO_COLUMN);
	assert_case(which, row.pid, pid == NO_COLUMN ? LISTENER_NONE : pid);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

static void check_skipped(struct bytes line)
{
	struct windows_netstat_row row = {.pid = UNTOUCHED};
	const char *why = NULL;

	assert_case(line, parse(line, &row, &why), PARSE_SKIP);
	assert_case(line, row.pid, UNTOUCHED);
	assert_null(why);
}
#define check_skipped(...) UNIT_AT(check_skipped(__VA_ARGS__))

/* Lines that are not even rows of another socket. */
static void check_no_row(struct bytes line)
{
	check_skipped(line);
	assert_case(line, windows_netstat_is_row(line), false);
}
#define check_no_row(...) UNIT_AT(check_no_row(__VA_ARGS__))

/* Rows of sockets that are not asked for. */
static void check_other(const char *line)
{
	check_skipped(bytes_of(line));
	assert_case(bytes_of(line), windows_netstat_is_row(bytes_of(line)), true);
}
#define check_other(...) UNIT_AT(check_other(__VA_ARGS__))

/* `is_row`: it begins as one. */
static void check_bad(struct bytes line, const char *expected, bool is_row)
{
	struct windows_netstat_row row = {.pid = UNTOUCHED};
	const char *why = NULL;

	assert_case(line, parse(line, &row, &why), PARSE_MALFORMED);
	assert_case(line, row.pid, UNTOUCHED);
	assert_text(why ? why : "", expected);
	assert_case(line, windows_netstat_is_row(line), is_row);
}
#define check_malformed(line, expected) UNIT_AT(check_bad(line, expected, true))

TEST(a_tcp_socket_that_listens_is_listed_of_both_families)
{
	check("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712",
		"tcp4 0.0.0.0 135", 1712);
	check("  TCP    127.0.0.1:3000         0.0.0.0:0              LISTENING       9396",
		"tcp4 127.0.0.1 3000", 9396);
	check("  TCP    [::]:135               [::]:0                 LISTENING       1712",
		"tcp6 :: 135", 1712);
	check("  TCP    [::1]:65535            [::]:0                 LISTENING       1",
		"tcp6 ::1 65535", 1);
	check("  TCP    [2001:DB8::0:A]:1      [::]:0                 LISTENING       4294967295",
		"tcp6 2001:db8::a 1", INT64_C(4294967295));
}

TEST(a_udp_socket_that_is_bound_is_listed)
{
	check("  UDP    0.0.0.0:5353           *:*                                    14156",
		"udp4 0.0.0.0 5353", 14156);
	check("  UDP    [::]:5353              *:*                                    14156",
		"udp6 :: 5353", 14156);
	check("  UDP    0.0.0.0:5353           0.0.0.0:0                              14156",
		"udp4 0.0.0.0 5353", 14156);
	check("  UDP    [::1]:5353             [::]:0                                 14156",
		"udp6 ::1 5353", 14156);
}

TEST(the_state_may_be_any_words_of_any_bytes)
{
	check("  TCP  0.0.0.0:135  0.0.0.0:0  ABH\x99REN  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  ABH\xc3\x96REN  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  \xff  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  EN ESCUCHA  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  A 2 B  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  ESTABLISHED  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  1712", "tcp4 0.0.0.0 135", 1712);
}

TEST(a_zone_stays_with_its_address)
{
	check("  TCP    [fe80::1%9]:139        [::]:0                 LISTENING       4",
		"tcp6 fe80::1%9 139", 4);
	check("  UDP    [fe80::244e:2f1e:2096:62b2%64]:1900  *:*                                "
	      "    8844",
		"udp6 fe80::244e:2f1e:2096:62b2%64 1900", 8844);
}

TEST(blanks_may_be_tabs_and_the_line_may_end_in_a_carriage_return)
{
	check("TCP\t0.0.0.0:135\t0.0.0.0:0\tLISTENING\t1712", "tcp4 0.0.0.0 135", 1712);
	check("\tUDP \t 0.0.0.0:500 \t*:*\t\t1712\t", "udp4 0.0.0.0 500", 1712);
	check("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r",
		"tcp4 0.0.0.0 135", 1712);
	check("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712  \r",
		"tcp4 0.0.0.0 135", 1712);
	check("  UDP    0.0.0.0:500            *:*                                    1712\r",
		"udp4 0.0.0.0 500", 1712);
}

/* The idle process has pid 0, and holds no sockets; the kernel's are held by 4. */
TEST(pid_0_is_no_holder_and_pid_4_is_one)
{
	check("  TCP  0.0.0.0:445  0.0.0.0:0  LISTENING  0", "tcp4 0.0.0.0 445", LISTENER_NONE);
	check("  UDP  0.0.0.0:137  *:*  0", "udp4 0.0.0.0 137", LISTENER_NONE);
	check("  TCP  0.0.0.0:445  0.0.0.0:0  LISTENING  4", "tcp4 0.0.0.0 445", 4);
}

TEST(a_listener_is_not_omitted_because_o_was_not_given)
{
	check("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING",
		"tcp4 0.0.0.0 135", NO_COLUMN);
	check("  TCP    0.0.0.0:135            0.0.0.0:0              ABH\x99REN\r",
		"tcp4 0.0.0.0 135", NO_COLUMN);
	check("  UDP    0.0.0.0:500            *:*                    ", "udp4 0.0.0.0 500",
		NO_COLUMN);
}

/* netstat -t, -x and -y. */
TEST(columns_behind_the_pid_are_skipped)
{
	check("  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  1712  InHost", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  InHost  1712", "tcp4 0.0.0.0 135", 1712);
	check("  TCP  0.0.0.0:135  0.0.0.0:0  LISTENING  InHost", "tcp4 0.0.0.0 135", NO_COLUMN);
}

/* Without -n the foreign host of a listener is the machine's own name. */
TEST(a_name_for_nobody_does_not_matter)
{
	check("  TCP    0.0.0.0:135            LAPTOP-1:0             LISTENING       1712",
		"tcp4 0.0.0.0 135", 1712);
}

TEST(a_connection_is_never_listed_whatever_its_state)
{
	check_other("  TCP    127.0.0.1:3000         127.0.0.1:50506        ESTABLISHED     9396");
	check_other("  TCP    10.0.0.1:50506         10.0.0.2:443           TIME_WAIT       0");
	check_other("  TCP    10.0.0.1:50506         10.0.0.2:443           LISTENING       9396");
	check_other("  TCP    10.0.0.1:50506         10.0.0.2:443           FIN WAIT 2      9396");
	check_other("  TCP    10.0.0.1:50506         10.0.0.2:443           ESTABLISHED");
	check_other("  TCP    [::1]:3000             [::1]:50506            HERGESTELLT     9396");
	check_other("  TCP    [fe80::1%9]:50506      [fe80::2%9]:443        ESTABLISHED     9396");
	/* Some versions tell the other end of UDP sockets that are connected. */
	check_other("  UDP    0.0.0.0:49664          10.0.0.2:443                           9396");
	check_other("  UDP    [::]:49664             [2001:db8::1]:443                      9396");
}

TEST(a_socket_without_a_port_is_not_listed)
{
	check_other("  TCP    *:*                    [::]:0                 LISTENING       9396");
	check_other("  UDP    0.0.0.0:*              *:*                                    9396");
}

TEST(what_is_no_row_is_skipped_in_any_language)
{
	static const struct bytes lines[] = {
		TEXT(""),
		TEXT("\r"),
		TEXT("   "),
		TEXT("\t\r"),
		TEXT("Active Connections\r"),
		TEXT("  Proto  Local Address          Foreign Address        State           "
		     "PID\r"),
		TEXT("  Proto  Lokale Adresse         Remoteadresse          Status           PID"),
		TEXT("  Proto  Adresse locale         Adresse distante       \x90tat"),
		TEXT("Conexiones activas"),
		TEXT("\xed\x99\x9c\xec\x84\xb1 \xec\x97\xb0\xea\xb2\xb0"),
		TEXT(" [svchost.exe]\r"),
		TEXT(" [TCPView.exe]"),
		TEXT("  RpcSs"),
		TEXT("  TCPIPSvc"),
		TEXT("  UDPRelay"),
		TEXT("  TCP/IP"),
		TEXT("  TCP:"),
		TEXT(" Can not obtain ownership information"),
		TEXT(" x: Windows Sockets initialization failed: 5"),
		TEXT("T\0C\0P\0 \0"),
		TEXT("\0\0\0"),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_no_row(lines[i]);
}

TEST(a_row_that_begins_otherwise_is_not_skipped)
{
	static const struct bytes lines[] = {
		TEXT("  TCPv6  [::]:135               [::]:0                 LISTENING       4"),
		TEXT("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN"),
		TEXT("  ICMP   0.0.0.0:1              *:*                                    4"),
		TEXT("  0.0.0.0:135            0.0.0.0:0              LISTENING       1712"),
		TEXT("udp    0.0.0.0:500            *:*                                    4"),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		UNIT_AT(check_bad(lines[i], "neither TCP nor UDP before the addresses", false));
}

/* Select-String, findstr /n, grep -n. */
TEST(what_a_filter_puts_before_a_row_is_no_part_of_it)
{
	check(">   TCP    0.0.0.0:80     0.0.0.0:0     LISTENING       7", "tcp4 0.0.0.0 80", 7);
	check("> > UDP 0.0.0.0:53 *:* 7", "udp4 0.0.0.0 53", 7);
	check("netstat.txt:5:  TCP [::]:80 [::]:0 LISTENING 7", "tcp6 :: 80", 7);
	check("C:\\netstat.txt:5:TCP [::]:80 [::]:0 LISTENING 7", "tcp6 :: 80", 7);
	check("12:TCP 0.0.0.0:82  0.0.0.0:0 LISTENING 8", "tcp4 0.0.0.0 82", 8);
	check(":  TCP 0.0.0.0:83  0.0.0.0:0 LISTENING 8", "tcp4 0.0.0.0 83", 8);
	check_other("> TCP 127.0.0.1:80 127.0.0.1:50000 ESTABLISHED 7");
}

static void check_owner(const char *line, const char *expected)
{
	struct bytes name = BYTES("none");

	(void)windows_netstat_parse_owner(bytes_of(line), &name);
	assert_bytes(name, bytes_of(expected));
}
#define check_owner(...) UNIT_AT(check_owner(__VA_ARGS__))

TEST(the_program_that_b_prints_is_the_owner)
{
	check_owner(" [svchost.exe]\r", "svchost.exe");
	check_owner("> [a b[1].exe]  ", "a b[1].exe");
	check_owner("  RpcSs", "none");
	check_owner(" Can not obtain ownership information", "none");
	check_owner(" []", "none");
	check_owner(" [torn", "none");
	check_owner("  TCP    [::]:80   [::]:0   LISTENING   4", "none");
	check_owner("", "none");
}

TEST(a_torn_row_is_reported)
{
	static const struct bytes lines[] = {
		TEXT("TCP"),
		TEXT("  TCP  \r"),
		TEXT("  UDP"),
		TEXT("  TCP    0.0.0.0:13"),
		TEXT("  UDP    0.0.0.0:500"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0"),
		TEXT("  TCP    10.0.0.1:50506         10.0.0.2:4\r"),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_malformed(lines[i], "columns are missing");
}

TEST(a_row_with_a_bad_foreign_address_is_reported)
{
	static const struct bytes bad_ports[] = {
		TEXT("  TCP    10.0.0.1:50506         server:https           ESTABLISHED     9396"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:65536          LISTENING       1712"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:-0             LISTENING       1712"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0x0            LISTENING       1712"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:               LISTENING       1712"),
		TEXT("  TCP    [::]:135               [::]                   LISTENING       1712"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0\0            LISTENING       1712"),
		TEXT("  UDP    0.0.0.0:500            *:                                     1712"),
		TEXT("  UDP    0.0.0.0:500            *:**                                   1712"),
	};

	for (size_t i = 0; i < COUNT(bad_ports); i++)
		check_malformed(
			bad_ports[i], "the foreign port is not a number: run netstat with -n");
	check_malformed(BYTES("  TCP    0.0.0.0:135            LISTENING              1712"),
		"no port in the foreign address");
	check_malformed(BYTES("  UDP    0.0.0.0:500            *                      1712"),
		"no port in the foreign address");
	check_malformed(BYTES("TCP Statistics for IPv4"), "no port in the foreign address");
}

TEST(a_row_with_a_bad_local_address_is_reported)
{
	static const char no_address[] = "not a numeric address: run the tool with -n";
	static const char bad_port[] =
		"not a port from 1 to 65535: run the tool with numeric ports";

	check_malformed(BYTES("TCP laptop:135 0.0.0.0:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP 256.0.0.1:135 0.0.0.0:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP :135 0.0.0.0:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP ::1:135 [::]:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP [::g]:135 [::]:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP [::1:135 [::]:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP 0.0.0.0\0:135 0.0.0.0:0 LISTENING 1"), no_address);
	check_malformed(BYTES("TCP 0.0.0.0:http 0.0.0.0:0 LISTENING 1"), bad_port);
	check_malformed(BYTES("TCP 0.0.0.0:0 0.0.0.0:0 LISTENING 1"), bad_port);
	check_malformed(BYTES("TCP 0.0.0.0:65536 0.0.0.0:0 LISTENING 1"), bad_port);
	check_malformed(BYTES("UDP 0.0.0.0:+53 *:* 1"), bad_port);
	check_malformed(BYTES("UDP 0.0.0.0: *:* 1"), bad_port);
	check_malformed(BYTES("TCP 0.0.0.0 0.0.0.0:0 LISTENING 1"), "no port");
	check_malformed(BYTES("TCP [::1] [::]:0 LISTENING 1"), "no port");
}

TEST(a_row_with_a_bad_pid_is_reported)
{
	static const struct bytes lines[] = {
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING 4294967296"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING "
		     "18446744073709551617"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING 17x"),
		TEXT("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING 1712\0"),
		TEXT("  UDP    0.0.0.0:500            *:*                              4.294.967"),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_malformed(lines[i], "the pid is not a number from 0 to 4294967295");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tcp_socket_that_listens_is_listed_of_both_families),
		cmocka_unit_test(a_udp_socket_that_is_bound_is_listed),
		cmocka_unit_test(the_state_may_be_any_words_of_any_bytes),
		cmocka_unit_test(a_zone_stays_with_its_address),
		cmocka_unit_test(blanks_may_be_tabs_and_the_line_may_end_in_a_carriage_return),
		cmocka_unit_test(pid_0_is_no_holder_and_pid_4_is_one),
		cmocka_unit_test(a_listener_is_not_omitted_because_o_was_not_given),
		cmocka_unit_test(columns_behind_the_pid_are_skipped),
		cmocka_unit_test(a_name_for_nobody_does_not_matter),
		cmocka_unit_test(a_connection_is_never_listed_whatever_its_state),
		cmocka_unit_test(a_socket_without_a_port_is_not_listed),
		cmocka_unit_test(what_is_no_row_is_skipped_in_any_language),
		cmocka_unit_test(a_row_that_begins_otherwise_is_not_skipped),
		cmocka_unit_test(what_a_filter_puts_before_a_row_is_no_part_of_it),
		cmocka_unit_test(the_program_that_b_prints_is_the_owner),
		cmocka_unit_test(a_torn_row_is_reported),
		cmocka_unit_test(a_row_with_a_bad_foreign_address_is_reported),
		cmocka_unit_test(a_row_with_a_bad_local_address_is_reported),
		cmocka_unit_test(a_row_with_a_bad_pid_is_reported),
	};

	return cmocka_run_group_tests_name("windows_netstat", tests, NULL, NULL);
}
