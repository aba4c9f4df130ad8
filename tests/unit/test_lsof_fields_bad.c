#include "lsof_told.h"

const char program_name[] = "test";

TEST(unknown_fields_are_skipped)
{
	check_told(
		"p4711\ng4711\nR1\ncnode\nZunconfined\nK99\nMtask\nu501\nLalice\n"
		"f23\nau\nl "
		"\ntIPv4\nd0xa1b2c3d4\no0t0\nPTCP\ni4711\nk1\nn*:3000\nTST=LISTEN\nTTF=0\n"
		"x\n?\n\xff\n"
		"f24\ntIPv6\nG0x6;0x0\nPTCP\nn*:3000\nTQR=0\n",
		"tcp4 0.0.0.0 3000 p=4711 c='node' u=501 L='alice' f=23\n"
		"tcp6 :: 3000 p=4711 c='node' u=501 L='alice' f=24\n");
}

TEST(nothing_of_a_process_passes_to_the_next_one)
{
	check_told(
		"p1\ncnode\nu501\nLalice\nf3\ntIPv4\nPTCP\nn*:80\nTST=LISTEN\n"
		"p2\nf4\ntIPv4\nPTCP\nn*:81\n"
		"p3\ncbash\ntIPv4\nPTCP\nn*:82\n"
		"p4\nu0\ntIPv4\nPTCP\nn*:83\n",
		"tcp4 0.0.0.0 80 p=1 c='node' u=501 L='alice' f=3\n"
		"tcp4 0.0.0.0 81 p=2 f=4\n"
		"tcp4 0.0.0.0 82 p=3 c='bash'\n"
		"tcp4 0.0.0.0 83 p=4 u=0\n");
}

TEST(nothing_of_a_file_passes_to_the_next_one)
{
	check_told(
		"p1\nf3\ntIPv6\nPTCP\nn*:80\nTST=CLOSED\nf4\ntIPv4\nPTCP\nn*:81\n"
		"p2\nPTCP\nn*:82\ntIPv4\np3\nPTCP\nn*:83\ntIPv6\n"
		"p4\nf3\ntIPv4\nPTCP\np5\nn*:84\n"
		"p6\ntIPv4\nPTCP\nn*:85\nf4\ntIPv4\nPTCP\nn*:86\n",
		"tcp4 0.0.0.0 81 p=1 f=4\n"
		"tcp4 0.0.0.0 82 p=2\n"
		"tcp6 :: 83 p=3\n"
		"bad: P is missing: ask lsof for -F pcuLftPn\n"
		"tcp4 0.0.0.0 85 p=6\n"
		"tcp4 0.0.0.0 86 p=6 f=4\n");
}

TEST(a_process_without_files_and_no_process_at_all_are_nothing_wrong)
{
	check_told("p1\ncnode\np2\np3\ncbash\n", "");
	check_told("", "");
}

TEST(values_that_are_empty_or_no_numbers_are_not_invented)
{
	check_told("p1\nc\nu\nL\nf\ntIPv4\nPTCP\nn*:80\n", "tcp4 0.0.0.0 80 p=1 c='' L=''\n");
	check_told("p1\nux\nf3x\ntIPv4\nPTCP\nn*:80\n", "tcp4 0.0.0.0 80 p=1\n");
	check_told("p1\nu-2\nfmem\ntIPv4\nPTCP\nn*:80\n", "tcp4 0.0.0.0 80 p=1\n");
	/* macOS's nobody is -2, and comes as this. */
	check_told("p1\nu4294967294\nf2147483647\ntIPv4\nPTCP\nn*:80\n",
		"tcp4 0.0.0.0 80 p=1 u=4294967294 f=2147483647\n");
	check_told("p1\nu4294967296\nf2147483648\ntIPv4\nPTCP\nn*:80\n", "tcp4 0.0.0.0 80 p=1\n");
}

TEST(a_process_that_has_no_pid_is_reported_once_and_its_files_are_omitted)
{
	static const char bad[] = "bad: the p before it is not a pid\n";
	static const char after[] = "p2\nf3\ntIPv4\nPTCP\nn*:81\n";
	static const char *const pids[] = {
		"p", "px", "p1x", "p-1", "p+1", "p 1", "p0x1", "p4294967296"};

	for (size_t i = 0; i < COUNT(pids); i++) {
		char fields[256];
		char expected[256];

		snprintf(fields, sizeof(fields), "%s\ncnode\nLalice\nf3\ntIPv4\nPTCP\nn*:80\n%s",
			pids[i], after);
		snprintf(expected, sizeof(expected), "%stcp4 0.0.0.0 81 p=2 f=3\n", bad);
		check_told(fields, expected);
	}
}

TEST(the_file_before_a_process_that_has_no_pid_is_kept)
{
	check_told("p1\nf3\ntIPv4\nPTCP\nn*:80\npx\nf3\ntIPv4\nPTCP\nn*:81\npy\nf3\n",
		"tcp4 0.0.0.0 80 p=1 f=3\n"
		"bad: the p before it is not a pid\n"
		"bad: the p before it is not a pid\n");
}

TEST(text_that_is_no_field_output_is_reported_once)
{
	static const char other[] = "bad: not the field output of lsof: take it with -F pcuLftPn\n";

	check_told(
		"COMMAND   PID  USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n"
		"node     4711 alice   23u  IPv4 0x1234      0t0  TCP *:3000 (LISTEN)\n",
		other);
	check_told("f3\ntIPv4\nPTCP\nn*:80\n", other);
	check_told("{}\n", other);
	check_told("noise\ncmore\np1\nf3\ntIPv4\nPTCP\nn*:80\n",
		"bad: not the field output of lsof: take it with -F pcuLftPn\n"
		"tcp4 0.0.0.0 80 p=1 f=3\n");
}

TEST(a_socket_that_is_bad_is_reported_and_the_others_are_kept)
{
	check_told(
		"p1\nf3\ntIPv4\nPTCP\nnlocalhost:80\n"
		"f4\ntIPv4\nPTCP\nn*:http\n"
		"f5\ntIPv4\nPTCP\nn*:0\n"
		"f6\ntIPv4\nPTCP\nn*\n"
		"f7\ntIPv4\nPTCP\nn[::1]:80\n"
		"f8\nPTCP\nn*:80\n"
		"f9\ntsock\nPTCP\nn*:80\n"
		"f10\ntIPv4\nPTCP\nn*:80\n",
		"bad: not a numeric address: run the tool with -n\n"
		"bad: not a port from 1 to 65535: run the tool with numeric ports\n"
		"bad: not a port from 1 to 65535: run the tool with numeric ports\n"
		"bad: no port\n"
		"bad: not a numeric address: run the tool with -n\n"
		"bad: t: neither IPv4 nor IPv6: ask lsof for -F pcuLftPn\n"
		"bad: t: neither IPv4 nor IPv6: ask lsof for -F pcuLftPn\n"
		"tcp4 0.0.0.0 80 p=1 f=10\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_fields_are_skipped),
		cmocka_unit_test(nothing_of_a_process_passes_to_the_next_one),
		cmocka_unit_test(nothing_of_a_file_passes_to_the_next_one),
		cmocka_unit_test(a_process_without_files_and_no_process_at_all_are_nothing_wrong),
		cmocka_unit_test(values_that_are_empty_or_no_numbers_are_not_invented),
		cmocka_unit_test(
			a_process_that_has_no_pid_is_reported_once_and_its_files_are_omitted),
		cmocka_unit_test(the_file_before_a_process_that_has_no_pid_is_kept),
		cmocka_unit_test(text_that_is_no_field_output_is_reported_once),
		cmocka_unit_test(a_socket_that_is_bad_is_reported_and_the_others_are_kept),
	};

	return cmocka_run_group_tests_name("lsof_fields_bad", tests, NULL, NULL);
}
