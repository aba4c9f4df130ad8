#include <errno.h>

#include "proc/proc_net.h"
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

static void check_heading(const char *heading, int local, int state, int uid, int inode)
{
	struct proc_net_table table = {0};

	assert_case(bytes_of(heading), proc_net_parse_heading(bytes_of(heading), &table), 0);
	assert_case(bytes_of(heading), table.local_address, local);
	assert_case(bytes_of(heading), table.state, state);
	assert_case(bytes_of(heading), table.uid, uid);
	assert_case(bytes_of(heading), table.inode, inode);
}
#define check_heading(...) UNIT_AT(check_heading(__VA_ARGS__))

TEST(a_kernel_with_other_columns_is_read_right)
{
	check_heading(tcp_heading, 1, 3, 7, 9);
	check_heading(tcp6_heading, 1, 3, 7, 9);
	check_heading(udp_heading, 1, 3, 7, 9);
	check_heading(
		"new sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt "
		"uid timeout inode",
		2, 4, 8, 10);
	check_heading(
		"sl local_address rem_address st new tx_queue rx_queue tr tm->when retrnsmt "
		"uid new timeout inode new",
		1, 3, 8, 11);
	check_heading("inode uid st local_address", 3, 2, 1, 0);
}

TEST(a_row_is_read_by_the_columns_of_its_heading)
{
	struct proc_net_table table = {.proto = PROTO_TCP, .family = FAMILY_IPV4};
	struct socket_row row;
	char address[ADDRESS_TEXT_MAX];
	const char *why;

	assert_int_equal(
		proc_net_parse_heading(BYTES("a inode b uid c st d local_address"), &table), 0);
	assert_int_equal(proc_net_parse_row(
				 BYTES("1 31337 2 1000 3 0A 4 0100007F:0BB8"), &table, &row, &why),
		PARSE_RECORD);
	address_format(&row.address, address);
	assert_text(address, "127.0.0.1");
	assert_int_equal(row.port, 3000);
	assert_int_equal(row.uid, 1000);
	assert_int_equal(row.inode, 31337);
}

TEST(a_heading_that_lacks_a_column_is_refused)
{
	static const char *const headings[] = {"", "   ", "sl", "st uid inode",
		"local_address uid inode", "local_address st inode", "local_address st uid",
		"Local_Address st uid inode", "local_address st uid inodes",
		"local_address\tst\tuid\tinode",
		"   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000"};

	for (size_t i = 0; i < COUNT(headings); i++) {
		struct proc_net_table table = {0};

		assert_case(bytes_of(headings[i]),
			proc_net_parse_heading(bytes_of(headings[i]), &table), -EINVAL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kernel_with_other_columns_is_read_right),
		cmocka_unit_test(a_row_is_read_by_the_columns_of_its_heading),
		cmocka_unit_test(a_heading_that_lacks_a_column_is_refused),
	};

	return cmocka_run_group_tests_name("proc_net_heading", tests, NULL, NULL);
}
