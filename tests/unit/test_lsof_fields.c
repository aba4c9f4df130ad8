#include "lsof_told.h"

const char program_name[] = "test";

TEST(a_process_of_lsof_before_4_94_with_its_files_begun_by_f)
{
	check_told(
		"p4711\ncnode\nu501\nLalice\n"
		"f23\ntIPv4\nPTCP\nn127.0.0.1:3000\nTST=LISTEN\nTQR=0\nTQS=0\n"
		"f24\ntIPv6\nPTCP\nn[::1]:3000\nTST=LISTEN\nTQR=0\nTQS=0\n",
		"tcp4 127.0.0.1 3000 p=4711 c='node' u=501 L='alice' f=23\n"
		"tcp6 ::1 3000 p=4711 c='node' u=501 L='alice' f=24\n");
}

TEST(without_f_each_file_begins_where_a_field_is_repeated)
{
	check_told(
		"p4711\ncnode\nu501\nLalice\n"
		"tIPv4\nPTCP\nn127.0.0.1:3000\n"
		"tIPv6\nPTCP\nn[::1]:3000\n"
		"tIPv4\nPTCP\nn*:3001\n",
		"tcp4 127.0.0.1 3000 p=4711 c='node' u=501 L='alice'\n"
		"tcp6 ::1 3000 p=4711 c='node' u=501 L='alice'\n"
		"tcp4 0.0.0.0 3001 p=4711 c='node' u=501 L='alice'\n");
	check_told(
		"p4711\n"
		"tIPv4\nPTCP\nn*:3000\nTST=LISTEN\nTQR=0\nTQS=0\n"
		"tIPv4\nPTCP\nn*:3001\nTST=CLOSED\nTQR=0\nTQS=0\n"
		"tIPv4\nPTCP\nn*:3002\nTST=LISTEN\nTQR=0\nTQS=0\n",
		"tcp4 0.0.0.0 3000 p=4711\n"
		"tcp4 0.0.0.0 3002 p=4711\n");
}

TEST(fields_may_come_in_another_order)
{
	check_told(
		"p4711\nLalice\nu501\ncnode\n"
		"f23\nn127.0.0.1:3000\nTQS=0\nTST=LISTEN\nPTCP\ntIPv4\n"
		"f24\nTST=ESTABLISHED\nn127.0.0.1:3001\ntIPv4\nPTCP\n",
		"tcp4 127.0.0.1 3000 p=4711 c='node' u=501 L='alice' f=23\n");
	check_told(
		"p4711\n"
		"n127.0.0.1:3000\nPTCP\ntIPv4\n"
		"n[::1]:3000\nPTCP\ntIPv6\n",
		"tcp4 127.0.0.1 3000 p=4711\n"
		"tcp6 ::1 3000 p=4711\n");
	check_told(
		"p4711\n"
		"TST=LISTEN\nPTCP\nn*:3000\ntIPv4\n"
		"TST=CLOSED\nPTCP\nn*:3001\ntIPv4\n"
		"TST=LISTEN\nPTCP\nn*:3002\ntIPv6\n",
		"tcp4 0.0.0.0 3000 p=4711\n"
		"tcp6 :: 3002 p=4711\n");
}

/* "asked for -F pn" and the like: what names the process may follow its files. */
TEST(what_a_process_is_called_holds_for_the_files_after_it)
{
	check_told("p4711\nf3\ntIPv4\nPTCP\nn*:80\ncnode\nLalice\nf4\ntIPv4\nPTCP\nn*:81\n",
		"tcp4 0.0.0.0 80 p=4711 c='node' L='alice' f=3\n"
		"tcp4 0.0.0.0 81 p=4711 c='node' L='alice' f=4\n");
}

TEST(wildcards_of_both_families_are_distinguished_by_their_type_alone)
{
	check_told(
		"p386\ncrapportd\nu501\nLalice\n"
		"f3\ntIPv4\nPTCP\nn*:57768\n"
		"f4\ntIPv6\nPTCP\nn*:57768\n",
		"tcp4 0.0.0.0 57768 p=386 c='rapportd' u=501 L='alice' f=3\n"
		"tcp6 :: 57768 p=386 c='rapportd' u=501 L='alice' f=4\n");
	check_told("p386\ntIPv6\nPTCP\nn*:57768\ntIPv4\nPTCP\nn*:57768\n",
		"tcp6 :: 57768 p=386\n"
		"tcp4 0.0.0.0 57768 p=386\n");
}

TEST(a_connection_is_never_a_listener)
{
	check_told(
		"p1\nf3\ntIPv4\nPTCP\nn10.0.0.1:80->10.0.0.2:50506\nTST=ESTABLISHED\n"
		"f4\ntIPv4\nPTCP\nn10.0.0.1:80->10.0.0.2:50506\n"
		"f5\ntIPv6\nPTCP\nn[::1]:80->[::1]:50506\nTST=LISTEN\n"
		"f6\ntIPv4\nPUDP\nn10.0.0.1:80->10.0.0.2:53\n"
		"f7\ntIPv4\nPUDP\nn*:80->10.0.0.2:53\n"
		"f8\ntIPv4\nPTCP\nn*:80\nTST=LISTEN\n",
		"tcp4 0.0.0.0 80 p=1 f=8\n");
}

TEST(a_tcp_socket_counts_where_its_state_is_listen_or_not_told)
{
	check_told(
		"p1\nf3\ntIPv4\nPTCP\nn*:80\nTST=LISTEN\n"
		"f4\ntIPv4\nPTCP\nn*:81\nTST=CLOSED\n"
		"f5\ntIPv4\nPTCP\nn*:82\n"
		"f6\ntIPv4\nPTCP\nn*:83\nTST=\n"
		"f7\ntIPv4\nPTCP\nn*:84\nTST=LISTENING\n"
		"f8\ntIPv4\nPTCP\nn*:85\nTQR=0\nTQS=0\n"
		"f9\ntIPv4\nPTCP\nn*:86\nT\n"
		"f10\ntIPv4\nPTCP\nn*:87\nTST\n",
		"tcp4 0.0.0.0 80 p=1 f=3\n"
		"tcp4 0.0.0.0 82 p=1 f=5\n"
		"tcp4 0.0.0.0 85 p=1 f=8\n"
		"tcp4 0.0.0.0 86 p=1 f=9\n"
		"tcp4 0.0.0.0 87 p=1 f=10\n");
}

TEST(a_udp_socket_that_is_bound_counts)
{
	check_told(
		"p1\ncmDNSResponder\n"
		"f3\ntIPv4\nPUDP\nn*:5353\nTQR=0\nTQS=0\n"
		"f4\ntIPv6\nPUDP\nn*:5353\n"
		"f5\ntIPv4\nPUDP\nn*:*\n"
		"f6\ntIPv4\nPUDP\nn127.0.0.1:53\n",
		"udp4 0.0.0.0 5353 p=1 c='mDNSResponder' f=3\n"
		"udp6 :: 5353 p=1 c='mDNSResponder' f=4\n"
		"udp4 127.0.0.1 53 p=1 c='mDNSResponder' f=6\n");
}

TEST(zones_come_by_name_and_within_the_address)
{
	check_told(
		"p1\nf3\ntIPv6\nPTCP\nn[fe80::1%lo0]:80\n"
		"f4\ntIPv6\nPTCP\nn[fe80:4::1]:80\n"
		"f5\ntIPv6\nPTCP\nn[fe80::1]:80\n"
		"f6\ntIPv6\nPTCP\nn127.0.0.1:80\n",
		"tcp6 fe80::1%lo0 80 p=1 f=3\n"
		"tcp6 fe80::1%4 80 p=1 f=4\n"
		"tcp6 fe80::1 80 p=1 f=5\n"
		"tcp6 ::ffff:127.0.0.1 80 p=1 f=6\n");
}

TEST(a_socket_without_a_port_is_skipped)
{
	check_told(
		"p1\nf3\ntIPv4\nPTCP\nn*:*\nTST=CLOSED\n"
		"f4\ntIPv4\nPTCP\nn*:*\n"
		"f5\ntIPv6\nPTCP\nn[::1]:*\n"
		"f6\ntIPv4\nPTCP\nn*:80\n",
		"tcp4 0.0.0.0 80 p=1 f=6\n");
}

TEST(files_that_are_no_such_sockets_are_skipped)
{
	check_told(
		"p1\nfcwd\ntDIR\nn/\n"
		"f3\ntREG\nn/etc/hosts:80\n"
		"f4\ntunix\nn0xa1b2c3d4\n"
		"f5\ntIPv4\nPICMP\nn*:80\n"
		"f6\ntsystm\nn[ctl com.apple.netsrc id 7 unit 3]\n"
		"f7\ntIPv4\nPTCP\n"
		"f9\nPTCP\nn\ntIPv4\n"
		"f10\ntsock\nPTCP\nn\n"
		"f11\ntIPv4\nPtcp\nn*:80\n",
		"");
}

TEST(a_socket_without_its_protocol_is_not_skipped)
{
	static const char missing[] = "bad: P is missing: ask lsof for -F pcuLftPn\n";

	check_told("p1\nf3\nn*:80\n", missing);
	check_told("p1\nf3\ntIPv4\nn*:80\n", missing);
	check_told("p1\nf3\nn[::1]:3000\n", missing);
	check_told("p1\nf3\nn127.0.0.1:3000->127.0.0.1:4\nf4\nn/x:80\nf5\nnpipe\n", "");
}

TEST(warnings_before_the_fields_are_skipped)
{
	check_told(
		"lsof: WARNING: can't stat() fuse.gvfsd-fuse file system /run/user/1000/gvfs\n"
		"      Output information may be incomplete.\n"
		"p1070\ncssh\nu1000\nLalice\nf3\ntIPv6\nPTCP\nn[::1]:6010\nTST=LISTEN\n",
		"tcp6 ::1 6010 p=1070 c='ssh' u=1000 L='alice' f=3\n");
}

TEST(a_row_of_the_table_is_not_taken_for_a_field)
{
	check_told(
		"p1\nf3\ntIPv4\nPTCP\nn*:80\n"
		"node 1 joe 18u IPv4 0x1 0t0 TCP *:3000 (LISTEN)\n",
		"bad: a row of lsof's table among its fields\n"
		"tcp4 0.0.0.0 80 p=1 f=3\n");
}

/* lsof(8), -s: UDP has states of its own on some systems, such as Idle. */
TEST(a_udp_socket_counts_whatever_state_lsof_gives_it)
{
	check_told("p1\nf3\ntIPv4\nPUDP\nn*:123\nTST=Idle\n", "udp4 0.0.0.0 123 p=1 f=3\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_of_lsof_before_4_94_with_its_files_begun_by_f),
		cmocka_unit_test(without_f_each_file_begins_where_a_field_is_repeated),
		cmocka_unit_test(fields_may_come_in_another_order),
		cmocka_unit_test(what_a_process_is_called_holds_for_the_files_after_it),
		cmocka_unit_test(wildcards_of_both_families_are_distinguished_by_their_type_alone),
		cmocka_unit_test(a_connection_is_never_a_listener),
		cmocka_unit_test(a_tcp_socket_counts_where_its_state_is_listen_or_not_told),
		cmocka_unit_test(a_udp_socket_that_is_bound_counts),
		cmocka_unit_test(zones_come_by_name_and_within_the_address),
		cmocka_unit_test(a_socket_without_a_port_is_skipped),
		cmocka_unit_test(files_that_are_no_such_sockets_are_skipped),
		cmocka_unit_test(a_udp_socket_counts_whatever_state_lsof_gives_it),
		cmocka_unit_test(a_socket_without_its_protocol_is_not_skipped),
		cmocka_unit_test(warnings_before_the_fields_are_skipped),
		cmocka_unit_test(a_row_of_the_table_is_not_taken_for_a_field),
	};

	return cmocka_run_group_tests_name("lsof_fields", tests, NULL, NULL);
}
