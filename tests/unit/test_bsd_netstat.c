#include "lsof/bsd_netstat.h"

#include "unit.h"

const char program_name[] = "test";

static enum parse_result parse(const char *line, struct endpoint *ret_endpoint, const char **why)
{
	struct bytes text = bytes_of(line);
	char *alone = unit_alone(text);
	enum parse_result result = bsd_netstat_parse_row(
		(struct bytes){alone, text.length}, ret_endpoint, why);

	free(alone);
	return result;
}

static void check(const char *line, enum listener_proto proto, enum address_family family,
	const char *address, uint16_t port)
{
	struct bytes which = bytes_of(line);
	struct endpoint endpoint = {0};
	const char *why = NULL;
	char shown[ADDRESS_TEXT_MAX];

	assert_case(which, parse(line, &endpoint, &why), PARSE_RECORD);
	assert_null(why);
	assert_case(which, endpoint.proto, proto);
	assert_case(which, endpoint.address.family, family);
	assert_case(which, endpoint.port, port);
	address_format(&endpoint.address, shown);
	assert_text(shown, address);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

static void check_skipped(const char *line)
{
	struct endpoint endpoint = {.port = 4711};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(line, &endpoint, &why), PARSE_SKIP);
	assert_case(bytes_of(line), endpoint.port, 4711);
	assert_null(why);
}
#define check_skipped(...) UNIT_AT(check_skipped(__VA_ARGS__))

static void check_malformed(const char *line, const char *expected)
{
	struct endpoint endpoint = {.port = 4711};
	const char *why = NULL;

	assert_case(bytes_of(line), parse(line, &endpoint, &why), PARSE_MALFORMED);
	assert_case(bytes_of(line), endpoint.port, 4711);
	assert_text(why ? why : "", expected);
}
#define check_malformed(...) UNIT_AT(check_malformed(__VA_ARGS__))

TEST(a_tcp_socket_of_macos_that_listens_is_listed)
{
	check("tcp4       0      0  127.0.0.1.3000         *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV4, "127.0.0.1", 3000);
	check("tcp4       0      0  *.3000                 *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV4, "0.0.0.0", 3000);
	check("tcp6       0      0  *.3000                 *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "::", 3000);
	check("tcp6       0      0  ::1.3000               *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "::1", 3000);
	check("tcp6       0      0  fe80::1%lo0.3000       *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "fe80::1%lo0", 3000);
	check("tcp4      12     34  127.0.0.1.3000         *.*                    LISTEN",
		PROTO_TCP, FAMILY_IPV4, "127.0.0.1", 3000);
}

TEST(a_socket_of_both_families_is_one_of_ipv6)
{
	check("tcp46      0      0  *.3000                 *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "::", 3000);
	check("udp46      0      0  *.5353                 *.*                               ",
		PROTO_UDP, FAMILY_IPV6, "::", 5353);
	check("tcp46      0      0  127.0.0.1.3000         *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "::ffff:127.0.0.1", 3000);
}

TEST(the_names_and_columns_of_other_bsds_are_known)
{
	/* OpenBSD's ipv4 has no 4; FreeBSD sets one blank before the address. */
	check("tcp          0      0  127.0.0.1.25           *.*                    LISTEN",
		PROTO_TCP, FAMILY_IPV4, "127.0.0.1", 25);
	check("udp          0      0  *.514                  *.*", PROTO_UDP, FAMILY_IPV4,
		"0.0.0.0", 514);
	check("tcp4       0      0 *.22                   *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV4, "0.0.0.0", 22);
	check("tcp6       0      0 fe80::1%lo0.123        *.*                    LISTEN     ",
		PROTO_TCP, FAMILY_IPV6, "fe80::1%lo0", 123);
}

TEST(a_udp_socket_that_is_bound_is_listed)
{
	check("udp4       0      0  *.5353                 *.*                               ",
		PROTO_UDP, FAMILY_IPV4, "0.0.0.0", 5353);
	check("udp6       0      0  fe80::1%en0.546        *.*", PROTO_UDP, FAMILY_IPV6,
		"fe80::1%en0", 546);
	check("udp4 0 0 127.0.0.1.53 *.*", PROTO_UDP, FAMILY_IPV4, "127.0.0.1", 53);
}

TEST(a_connection_is_never_listed)
{
	check_skipped(
		"tcp4       0      0  127.0.0.1.3000         127.0.0.1.50506        ESTABLISHED");
	check_skipped(
		"tcp4       0      0  10.0.0.1.50506         10.0.0.2.443           SYN_SENT   ");
	check_skipped(
		"tcp4       0      0  127.0.0.1.3000         127.0.0.1.50506        LISTEN     ");
	check_skipped(
		"tcp4       0      0  *.3000                 *.*                    CLOSED     ");
	check_skipped(
		"tcp4       0      0  *.3000                 *.*                               ");
	check_skipped(
		"tcp4       0      0  *.3000                 *.*                    LISTENING  ");
	check_skipped(
		"udp4       0      0  10.0.0.1.50506         10.0.0.2.443                      ");
	check_skipped(
		"udp6       0      0  ::1.50506              ::1.443                           ");
}

TEST(a_socket_without_a_port_yet_is_not_listed)
{
	check_skipped(
		"udp4       0      0  *.*                    *.*                               ");
	check_skipped(
		"udp6       0      0  *.*                    *.*                               ");
	check_skipped(
		"tcp4       0      0  *.*                    *.*                    LISTEN     ");
	check_skipped(
		"tcp4       0      0  *.*                    *.*                    CLOSED     ");
}

TEST(headings_and_other_protocols_are_skipped)
{
	static const char *const lines[] = {
		"",
		"   ",
		"Active Internet connections (including servers)",
		"Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    ",
		"Active LOCAL (UNIX) domain sockets",
		"Address          Type   Recv-Q Send-Q            Inode             Conn",
		"icm4       0      0  *.*                    *.*",
		"icm6       0      0  *.*                    *.*",
		"ip         0      0  *.*                    *.*",
		"sctp4      0      0  *.3000                 *.*                    LISTEN",
		"udplite    0      0  *.3000                 *.*",
		"kctl       0      0      1      1 com.apple.netsrc",
		"a1b2c3d4e5f60718 stream      0      0                0 a1b2c3d4e5f60718 0 0",
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_skipped(lines[i]);
}

/* netstat -A of macOS and FreeBSD. */
TEST(a_row_in_another_form_is_not_skipped)
{
	static const char why[] = "the first column is not a protocol: run netstat without -A";

	check_malformed("fffff80012345678 tcp4       0      0 *.3000        *.*       LISTEN", why);
	check_malformed("a1b2c3d4e5f60718 tcp46 0 0 *.80 *.* LISTEN", why);
	check_malformed("a1b2c3d4e5f60718 udp6 0 0 fe80::1%lo0.123 *.*", why);
	check_malformed("a1b2c3d4e5f60718 tcp4 0 0 127.0.0.1.3000 127.0.0.1.4 ESTABLISHED", why);
	check_malformed("tcp5       0      0  *.3000     *.*                    LISTEN", why);
	check_malformed("TCP4       0      0  *.3000     *.*                    LISTEN", why);
}

TEST(a_malformed_row_is_reported)
{
	static const char missing[] = "columns are missing";
	static const char no_address[] = "not a numeric address: run the tool with -n";
	static const char bad_port[] =
		"not a port from 1 to 65535: run the tool with numeric ports";

	check_malformed("tcp4", missing);
	check_malformed("tcp", missing);
	check_malformed("tcp4 0 0 *.3000", missing);
	check_malformed("udp4 0 0 *.3000  ", missing);
	check_malformed("tcp4 0 0 localhost.3000 *.* LISTEN", no_address);
	check_malformed("tcp4 0 0 ::1.3000 *.* LISTEN", no_address);
	check_malformed("tcp6 0 0 fe80::aede:48ff:.3000 *.* LISTEN", no_address);
	check_malformed("tcp4 0 0 .3000 *.* LISTEN", no_address);
	check_malformed("tcp4 0 0 *.http *.* LISTEN", bad_port);
	check_malformed("tcp4 0 0 *.0 *.* LISTEN", bad_port);
	check_malformed("tcp4 0 0 *.65536 *.* LISTEN", bad_port);
	check_malformed("tcp4 0 0 *. *.* LISTEN", bad_port);
	check_malformed("tcp4 0 0 3000 *.* LISTEN", "no port");
	/* net-tools' netstat, which is Linux's. */
	check_malformed("tcp 0 0 0.0.0.0:3000 *.* LISTEN", no_address);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tcp_socket_of_macos_that_listens_is_listed),
		cmocka_unit_test(a_socket_of_both_families_is_one_of_ipv6),
		cmocka_unit_test(the_names_and_columns_of_other_bsds_are_known),
		cmocka_unit_test(a_udp_socket_that_is_bound_is_listed),
		cmocka_unit_test(a_connection_is_never_listed),
		cmocka_unit_test(a_socket_without_a_port_yet_is_not_listed),
		cmocka_unit_test(headings_and_other_protocols_are_skipped),
		cmocka_unit_test(a_row_in_another_form_is_not_skipped),
		cmocka_unit_test(a_malformed_row_is_reported),
	};

	return cmocka_run_group_tests_name("bsd_netstat", tests, NULL, NULL);
}
