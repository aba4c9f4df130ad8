#include <errno.h>

#include "iphlpapi/ip_table.h"
#include "unit.h"

const char program_name[] = "test";

/* Reads a table whole into rows; returns how many there are. */
static size_t read_table(struct bytes bytes, enum listener_proto proto, enum address_family family,
	struct ip_table_row *rows, size_t room)
{
	char *alone = unit_alone(bytes);
	struct ip_table table;
	size_t count = 0;

	assert_int_equal(
		ip_table_begin((struct bytes){alone, bytes.length}, proto, family, &table), 0);
	while (count < room && ip_table_next(&table, &rows[count]))
		count++;
	free(alone);
	return count;
}

static void assert_row(
	const struct ip_table_row *row, const char *address, unsigned port, int64_t pid)
{
	char text[ADDRESS_TEXT_MAX];

	address_format(&row->endpoint.address, text);
	assert_text(text, address);
	assert_int_equal(row->endpoint.port, port);
	assert_int_equal(row->pid, pid);
}
#define assert_row(...) UNIT_AT(assert_row(__VA_ARGS__))

#define TCP4(state, address, port, pid)                                                            \
	state "\0\0\0" address port                                                                \
	      "\xee\xee"                                                                           \
	      "\0\0\0\0"                                                                           \
	      "\0\0\0\0" pid

TEST(tcp_listeners_of_ipv4)
{
	struct ip_table_row rows[4];

	assert_int_equal(
		read_table(BYTES("\3\0\0\0" TCP4("\2", "\x7f\0\0\1", "\x0b\xb8", "\x34\x12\0\0")
					   TCP4("\2", "\0\0\0\0", "\0\x50", "\4\0\0\0") TCP4(
						   "\2", "\xc0\xa8\0\1", "\xff\xff", "\0\0\0\x80")),
			PROTO_TCP, FAMILY_IPV4, rows, COUNT(rows)),
		3);
	assert_row(&rows[0], "127.0.0.1", 3000, 0x1234);
	assert_row(&rows[1], "0.0.0.0", 80, 4);
	assert_row(&rows[2], "192.168.0.1", 65535, 0x80000000);
	assert_int_equal(rows[0].endpoint.proto, PROTO_TCP);
}

TEST(a_connection_is_no_listener)
{
	struct ip_table_row rows[2];

	assert_int_equal(
		read_table(BYTES("\2\0\0\0" TCP4("\5", "\x7f\0\0\1", "\x0b\xb8", "\x34\x12\0\0")
					   TCP4("\2", "\x7f\0\0\1", "\0\0", "\x34\x12\0\0")),
			PROTO_TCP, FAMILY_IPV4, rows, COUNT(rows)),
		0);
}

TEST(a_holder_that_is_not_told_is_none)
{
	struct ip_table_row row;

	assert_int_equal(
		read_table(BYTES("\1\0\0\0" TCP4("\2", "\0\0\0\0", "\x0b\xb8", "\0\0\0\0")),
			PROTO_TCP, FAMILY_IPV4, &row, 1),
		1);
	assert_row(&row, "0.0.0.0", 3000, LISTENER_NONE);
}

#define LINK_LOCAL "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define TCP6(address, zone, port)                                                                  \
	address zone port                                                                          \
		"\0\0"                                                                             \
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"                                                 \
		"\0\0\0\0"                                                                         \
		"\0\0\0\0"                                                                         \
		"\2\0\0\0"                                                                         \
		"\x34\x12\0\0"

TEST(tcp_listeners_of_ipv6_with_the_zones_of_link_local_addresses)
{
	struct ip_table_row rows[4];

	assert_int_equal(read_table(BYTES("\3\0\0\0" TCP6("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1",
					    "\0\x10\0\0", "\x0b\xb8") TCP6(LINK_LOCAL, "\x09\0\0\0",
					    "\0\x8b") TCP6(LINK_LOCAL, "\0\0\0\x09", "\0\x8b")),
				 PROTO_TCP, FAMILY_IPV6, rows, COUNT(rows)),
		3);
	assert_row(&rows[0], "::1", 3000, 0x1234);
	assert_row(&rows[1], "fe80::1%9", 139, 0x1234);
	assert_row(&rows[2], "fe80::1%9", 139, 0x1234);
}

TEST(udp_sockets_of_both_families)
{
	struct ip_table_row row;

	assert_int_equal(read_table(BYTES("\1\0\0\0"
					  "\x7f\0\0\1"
					  "\x14\xe9\xee\xee"
					  "\x34\x12\0\0"),
				 PROTO_UDP, FAMILY_IPV4, &row, 1),
		1);
	assert_row(&row, "127.0.0.1", 5353, 0x1234);
	assert_int_equal(row.endpoint.proto, PROTO_UDP);
	assert_int_equal(read_table(BYTES("\1\0\0\0" LINK_LOCAL "\3\0\0\0"
					  "\x14\xe9\0\0"
					  "\x34\x12\0\0"),
				 PROTO_UDP, FAMILY_IPV6, &row, 1),
		1);
	assert_row(&row, "fe80::1%3", 5353, 0x1234);
}

TEST(an_empty_table_has_no_rows)
{
	struct ip_table_row row;

	assert_int_equal(read_table(BYTES("\0\0\0\0"), PROTO_TCP, FAMILY_IPV4, &row, 1), 0);
	/* What follows the rows is room that was not needed. */
	assert_int_equal(read_table(BYTES("\0\0\0\0" TCP4("\2", "\0\0\0\0", "\0\x50", "\4\0\0\0")),
				 PROTO_TCP, FAMILY_IPV4, &row, 1),
		0);
}

TEST(a_table_that_is_cut_short_is_not_read)
{
	struct ip_table table;

	assert_int_equal(ip_table_begin(BYTES(""), PROTO_TCP, FAMILY_IPV4, &table), -EBADMSG);
	assert_int_equal(ip_table_begin(BYTES("\1\0\0"), PROTO_UDP, FAMILY_IPV4, &table), -EBADMSG);
	assert_int_equal(ip_table_begin(BYTES("\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), PROTO_UDP,
				 FAMILY_IPV4, &table),
		-EBADMSG);
	assert_int_equal(ip_table_begin(BYTES("\xff\xff\xff\xff"), PROTO_TCP, FAMILY_IPV6, &table),
		-EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tcp_listeners_of_ipv4),
		cmocka_unit_test(a_connection_is_no_listener),
		cmocka_unit_test(a_holder_that_is_not_told_is_none),
		cmocka_unit_test(tcp_listeners_of_ipv6_with_the_zones_of_link_local_addresses),
		cmocka_unit_test(udp_sockets_of_both_families),
		cmocka_unit_test(an_empty_table_has_no_rows),
		cmocka_unit_test(a_table_that_is_cut_short_is_not_read),
	};

	return cmocka_run_group_tests_name("ip table", tests, NULL, NULL);
}
