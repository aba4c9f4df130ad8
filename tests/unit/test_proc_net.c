#include "proc/proc_net.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

static const char tcp_heading[] =
	"  sl  local_address rem_address   st tx_queue rx_queue tr "
	"tm->when retrnsmt   uid  timeout inode";
static const char tcp6_heading[] =
	"  sl  local_address                         remote_address"
	"                        st tx_queue rx_queue tr tm->when "
	"retrnsmt   uid  timeout inode";
static const char udp_heading[] =
	"   sl  local_address rem_address   st tx_queue rx_queue tr "
	"tm->when retrnsmt   uid  timeout inode ref pointer drops   ";

/* Makes a row of the kernel's form of the four columns that count. */
static struct buffer row_of(
	const char *local, const char *state, const char *uid, const char *inode)
{
	struct buffer row = {0};
	const char *const parts[] = {"   0: ", local, " 00000000:0000 ", state,
		" 00000000:00000000 00:00000000 00000000 ", uid, "        0 ", inode,
		" 1 0000000000000000 100 0 0 10 0"};

	for (size_t i = 0; i < COUNT(parts); i++)
		assert_int_equal(buffer_append_text(&row, parts[i]), 0);
	return row;
}

static struct proc_net_table table_of(
	const char *heading, enum listener_proto proto, enum address_family family)
{
	struct proc_net_table table = {.proto = proto, .family = family};

	assert_int_equal(proc_net_parse_heading(bytes_of(heading), &table), 0);
	return table;
}

static enum parse_result parse(struct bytes line, const struct proc_net_table *table,
	struct socket_row *row, const char **why)
{
	char *alone = unit_alone(line);
	enum parse_result result = proc_net_parse_row(
		(struct bytes){alone, line.length}, table, row, why);

	free(alone);
	return result;
}

static void check_row(struct bytes line, const struct proc_net_table *table, const char *address,
	unsigned port, uint32_t uid, uint64_t inode)
{
	struct socket_row row;
	const char *why;
	char text[ADDRESS_TEXT_MAX];

	assert_case(line, parse(line, table, &row, &why), PARSE_RECORD);
	assert_int_equal(row.address.family, table->family);
	address_format(&row.address, text);
	assert_text(text, address);
	assert_case(line, row.port, port);
	assert_case(line, row.uid, uid);
	assert_case(line, row.inode, inode);
}
#define check_row(...) UNIT_AT(check_row(__VA_ARGS__))

static void check_malformed(
	struct bytes line, const struct proc_net_table *table, const char *expected)
{
	struct socket_row row;
	const char *why = "none";

	assert_case(line, parse(line, table, &row, &why), PARSE_MALFORMED);
	assert_text(why, expected);
}
#define check_malformed(...) UNIT_AT(check_malformed(__VA_ARGS__))

TEST(the_kernels_own_rows_are_read)
{
	struct proc_net_table tcp = table_of(tcp_heading, PROTO_TCP, FAMILY_IPV4);
	struct proc_net_table udp = table_of(udp_heading, PROTO_UDP, FAMILY_IPV4);
	struct proc_net_table tcp6 = table_of(tcp6_heading, PROTO_TCP, FAMILY_IPV6);

	check_row(BYTES("   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 "
			"00000000  1000        0 31337 1 0000000000000000 100 0 0 10 0"
			"                     "),
		&tcp, "127.0.0.1", 3000, 1000, 31337);
	check_row(BYTES(" 1234: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 "
			"00000000   101        0 19001 2 0000000000000000 0         "),
		&udp, "127.0.0.53", 53, 101, 19001);
	check_row(BYTES("   7: B80D0120000000000000000001000000:01BB "
			"00000000000000000000000000000000:0000 0A 00000000:00000000 "
			"00:00000000 00000000 4294967295        0 9223372036854775807 1 "
			"0000000000000000 100 0 0 10 0"),
		&tcp6, "2001:db8::1", 443, UINT32_MAX, INT64_MAX);
}

static const struct {
	enum byte_order order;
	enum address_family family;
	const char *local;
	const char *address;
	unsigned port;
} endpoints[] = {
	{ORDER_LITTLE, FAMILY_IPV4, "0100007F:0001", "127.0.0.1", 1},
	{ORDER_BIG, FAMILY_IPV4, "7F000001:0001", "127.0.0.1", 1},
	{ORDER_LITTLE, FAMILY_IPV4, "00000000:FFFF", "0.0.0.0", 65535},
	{ORDER_LITTLE, FAMILY_IPV4, "0401a8C0:0bB8", "192.168.1.4", 3000},
	{ORDER_BIG, FAMILY_IPV4, "C0A80104:0BB8", "192.168.1.4", 3000},
	{ORDER_LITTLE, FAMILY_IPV6, "00000000000000000000000000000000:0050", "::", 80},
	{ORDER_LITTLE, FAMILY_IPV6, "00000000000000000000000001000000:0050", "::1", 80},
	{ORDER_BIG, FAMILY_IPV6, "00000000000000000000000000000001:0050", "::1", 80},
	{ORDER_LITTLE, FAMILY_IPV6, "0000000000000000FFFF00000100007F:0050", "::ffff:127.0.0.1",
		80},
	{ORDER_BIG, FAMILY_IPV6, "00000000000000000000FFFF7F000001:0050", "::ffff:127.0.0.1", 80},
	{ORDER_LITTLE, FAMILY_IPV6, "33221100776655443322110077665544:0050",
		"11:2233:4455:6677:11:2233:4455:6677", 80},
	{ORDER_BIG, FAMILY_IPV6, "00112233445566778899AABBCCDDEEFF:0050",
		"11:2233:4455:6677:8899:aabb:ccdd:eeff", 80},
};

TEST(an_address_is_the_same_on_machines_of_both_byte_orders)
{
	for (size_t i = 0; i < COUNT(endpoints); i++) {
		struct proc_net_table table = table_of(tcp_heading, PROTO_TCP, endpoints[i].family);
		struct buffer row = row_of(endpoints[i].local, "0A", "0", "1");

		table.order = endpoints[i].order;
		check_row(
			buffer_bytes(&row), &table, endpoints[i].address, endpoints[i].port, 0, 1);
		buffer_release(&row);
	}
}

TEST(only_a_socket_that_listens_holds_a_port)
{
	for (unsigned code = 0; code < 256; code++) {
		struct proc_net_table tcp = table_of(tcp_heading, PROTO_TCP, FAMILY_IPV4);
		struct proc_net_table udp = table_of(udp_heading, PROTO_UDP, FAMILY_IPV4);
		struct socket_row row;
		const char *why;
		struct buffer line;
		char text[3];

		snprintf(text, sizeof(text), "%02X", code);
		line = row_of("0100007F:0BB8", text, "0", "1");
		assert_case(bytes_of(text), parse(buffer_bytes(&line), &tcp, &row, &why),
			code == 0x0a ? PARSE_RECORD : PARSE_SKIP);
		assert_case(bytes_of(text), parse(buffer_bytes(&line), &udp, &row, &why),
			code == 0x07 ? PARSE_RECORD : PARSE_SKIP);
		buffer_release(&line);
	}
}

static const char wrong_state[] = "st: not two hexadecimal digits";
static const char wrong_address[] = "local_address: not a hexadecimal address and port";
static const char zero_port[] = "local_address: the port is 0";
static const char wrong_uid[] = "uid: not a number";
static const char wrong_inode[] = "inode: not a number";

static const struct {
	const char *local;
	const char *state;
	const char *uid;
	const char *inode;
	const char *why;
} garbled[] = {
	{"0100007F:0BB8", "A", "0", "1", wrong_state},
	{"0100007F:0BB8", "00A", "0", "1", wrong_state},
	{"0100007F:0BB8", "0x", "0", "1", wrong_state},
	{"0100007F:0BB8", "LISTEN", "0", "1", wrong_state},
	{"0100007F", "0A", "0", "1", wrong_address},
	{"0100007F:", "0A", "0", "1", wrong_address},
	{"0100007F:BB8", "0A", "0", "1", wrong_address},
	{"0100007F:00BB8", "0A", "0", "1", wrong_address},
	{"0100007F.0BB8", "0A", "0", "1", wrong_address},
	{"0100007F:0BBG", "0A", "0", "1", wrong_address},
	{"010000zF:0BB8", "0A", "0", "1", wrong_address},
	{"100007F:0BB8", "0A", "0", "1", wrong_address},
	{"00100007F:0BB8", "0A", "0", "1", wrong_address},
	{"00000000000000000000000001000000:0BB8", "0A", "0", "1", wrong_address},
	{"127.0.0.1:3000", "0A", "0", "1", wrong_address},
	{"0100007F:0000", "0A", "0", "1", zero_port},
	{"0100007F:0BB8", "0A", "-1", "1", wrong_uid},
	{"0100007F:0BB8", "0A", "4294967296", "1", wrong_uid},
	{"0100007F:0BB8", "0A", "root", "1", wrong_uid},
	{"0100007F:0BB8", "0A", "0x0", "1", wrong_uid},
	{"0100007F:0BB8", "0A", "0", "-1", wrong_inode},
	{"0100007F:0BB8", "0A", "0", "9223372036854775808", wrong_inode},
	{"0100007F:0BB8", "0A", "0", "1\t", wrong_inode},
};

TEST(a_garbled_column_is_named)
{
	struct proc_net_table table = table_of(tcp_heading, PROTO_TCP, FAMILY_IPV4);
	struct proc_net_table table6 = table_of(tcp6_heading, PROTO_TCP, FAMILY_IPV6);

	for (size_t i = 0; i < COUNT(garbled); i++) {
		struct buffer row = row_of(
			garbled[i].local, garbled[i].state, garbled[i].uid, garbled[i].inode);

		check_malformed(buffer_bytes(&row), &table, garbled[i].why);
		buffer_release(&row);
	}
	check_malformed(BYTES("0: 0100007F:0BB8 x 0A"), &table6, wrong_address);
}

/* A connection with a column that only listening sockets need is no error. */
TEST(garbage_in_a_column_that_is_not_used_costs_nothing)
{
	struct proc_net_table table = table_of(tcp_heading, PROTO_TCP, FAMILY_IPV4);
	struct socket_row row;
	const char *why;

	check_row(BYTES("? 0100007F:0BB8 ? 0A ? ? ? 1000 ? 31337"), &table, "127.0.0.1", 3000, 1000,
		31337);
	check_row(BYTES("\xff 0100007F:0BB8 \0 0A \x1b : x 1000 -1 31337 \t \r"), &table,
		"127.0.0.1", 3000, 1000, 31337);
	assert_int_equal(parse(BYTES("0: ? ? 01 ? ? ? ? ? ?"), &table, &row, &why), PARSE_SKIP);
}

TEST(a_row_that_is_cut_off_never_becomes_another_listener)
{
	struct proc_net_table table = table_of(tcp_heading, PROTO_TCP, FAMILY_IPV4);
	struct buffer row = row_of("0100007F:0BB8", "0A", "1000", "31337");
	size_t state_end = strlen("   0: 0100007F:0BB8 00000000:0000 0A");
	size_t inode = (size_t)(strstr(row.data, " 31337") - row.data) + 1;
	size_t uid = (size_t)(strstr(row.data, " 1000") - row.data) + 1;

	for (size_t length = 0; length <= inode; length++) {
		struct bytes line = {row.data, length};
		struct socket_row parsed;
		const char *why;

		if (length <= 3)
			assert_case(line, parse(line, &table, &parsed, &why), PARSE_SKIP);
		else
			check_malformed(line, &table,
				length < state_end      ? wrong_state
					: length <= uid ? wrong_uid
							: wrong_inode);
	}
	check_row((struct bytes){row.data, inode + 5}, &table, "127.0.0.1", 3000, 1000, 31337);
	buffer_release(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernels_own_rows_are_read),
		cmocka_unit_test(an_address_is_the_same_on_machines_of_both_byte_orders),
		cmocka_unit_test(only_a_socket_that_listens_holds_a_port),
		cmocka_unit_test(a_garbled_column_is_named),
		cmocka_unit_test(garbage_in_a_column_that_is_not_used_costs_nothing),
		cmocka_unit_test(a_row_that_is_cut_off_never_becomes_another_listener),
	};

	return cmocka_run_group_tests_name("proc_net", tests, NULL, NULL);
}
