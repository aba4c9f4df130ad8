#include "formats/proc_pid.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

/* Fields 5 to 21 of /proc/PID/stat. */
#define MIDDLE " 2 3 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 1 0 "
#define TAIL " 123456 99 18446744073709551615 0 0\n"

static const struct {
	struct bytes text;
	struct proc_stat stat;
} stats[] = {
	{TEXT("77 (node) S 1" MIDDLE "4711" TAIL), {'S', 1, 2, 3, 1, 4711}},
	{TEXT("77 (next-server (v1) R 0" MIDDLE "0" TAIL), {'R', 0, 2, 3, 1, 0}},
	{TEXT("77 () Z 4294967295" MIDDLE "9223372036854775807" TAIL),
		{'Z', 4294967295, 2, 3, 1, INT64_MAX}},
	{TEXT("77 ()) S 1" MIDDLE "5" TAIL), {'S', 1, 2, 3, 1, 5}},
	{TEXT("77 (a\nb c) S 1" MIDDLE "5" TAIL), {'S', 1, 2, 3, 1, 5}},
	{TEXT("77 (x) Z 9 9 9 (y) S 1" MIDDLE "5" TAIL), {'S', 1, 2, 3, 1, 5}},
	{TEXT("77 (\xff\x1b[2J) S 1" MIDDLE "5" TAIL), {'S', 1, 2, 3, 1, 5}},
	/* One that has ended. */
	{TEXT("77 (node) Z 1 -1 -1 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 1 0 5" TAIL),
		{'Z', 1, 0, 0, 1, 5}},
	/* Kernels of other ages have more fields, or fewer. */
	{TEXT("77 (node) S 1" MIDDLE "5 "), {'S', 1, 2, 3, 1, 5}},
	{TEXT("77 (node) S 1" MIDDLE "5"), {'S', 1, 2, 3, 1, 5}},
};

TEST(no_name_of_a_process_shifts_the_fields_behind_it)
{
	for (size_t i = 0; i < COUNT(stats); i++) {
		char *alone = unit_alone(stats[i].text);
		struct proc_stat stat;

		assert_case(stats[i].text,
			proc_parse_stat((struct bytes){alone, stats[i].text.length}, &stat), 0);
		assert_case(stats[i].text, stat.state, stats[i].stat.state);
		assert_case(stats[i].text, stat.parent, stats[i].stat.parent);
		assert_case(stats[i].text, stat.group, stats[i].stat.group);
		assert_case(stats[i].text, stat.session, stats[i].stat.session);
		assert_case(stats[i].text, stat.threads, stats[i].stat.threads);
		assert_case(stats[i].text, stat.start, stats[i].stat.start);
		free(alone);
	}
}

static void check_stat_refused(struct bytes text)
{
	char *alone = unit_alone(text);
	struct proc_stat stat = {'u', 4711, 4714, 4715, 4713, 4712};

	assert_case(text, proc_parse_stat((struct bytes){alone, text.length}, &stat), -EINVAL);
	assert_case(text, stat.state, 'u');
	assert_case(text, stat.parent, 4711);
	assert_case(text, stat.threads, 4713);
	assert_case(text, stat.start, 4712);
	free(alone);
}
#define check_stat_refused(...) UNIT_AT(check_stat_refused(__VA_ARGS__))

TEST(a_stat_that_is_cut_or_garbled_is_refused)
{
	static const struct bytes texts[] = {TEXT(""), TEXT("77"), TEXT("77 (node"),
		TEXT("77 (node)"), TEXT("77 (node) "), TEXT("77 (node) S"), TEXT("77 (node) S 1 2"),
		TEXT("77 (node) SS 1" MIDDLE "5" TAIL), TEXT("77 (node)  1" MIDDLE "5" TAIL),
		TEXT("77 (node) S -1" MIDDLE "5" TAIL),
		TEXT("77 (node) S 4294967296" MIDDLE "5" TAIL),
		TEXT("77 (node) S 1" MIDDLE "-5" TAIL), TEXT("77 (node) S 1" MIDDLE "" TAIL),
		TEXT("77 (node) S 1" MIDDLE "9223372036854775808" TAIL),
		TEXT("77 (node) S 1" MIDDLE "5\n")};

	for (size_t i = 0; i < COUNT(texts); i++)
		check_stat_refused(texts[i]);
}

static const struct {
	struct bytes text;
	int status;
	uint32_t uid;
} statuses[] = {
	{TEXT("Name:\tnode\nUmask:\t0022\nPid:\t7\nUid:\t1000\t1001\t1002\t1003\nGid:\t5\t6\n"), 0,
		1001},
	{TEXT("Uid:\t0\t4294967295\t0\t0"), 0, UINT32_MAX},
	{TEXT("Uid:\t1\t2"), 0, 2},
	/* The kernel writes a newline in a name as \n, and a tab as it is. */
	{TEXT("Name:\tx\\nUid:\t0\t0\t0\t0\nUid:\t7\t8\t9\t9\n"), 0, 8},
	{TEXT("Name:\tUid:\t0\t0\nUid:\t7\t8\t9\t9\n"), 0, 8},
	{TEXT("Name:\tnode\nTUid:\t1\t1\nUid:\t7\t8\t9\t9\n"), 0, 8},
	{TEXT(""), -EINVAL, 4711},
	{TEXT("Name:\tnode\nGid:\t1\t1\t1\t1\n"), -EINVAL, 4711},
	{TEXT("Uid:\n"), -EINVAL, 4711},
	{TEXT("Uid:\t1000\n"), -EINVAL, 4711},
	{TEXT("Uid:\t1000\t\t1000\t1000\n"), -EINVAL, 4711},
	{TEXT("Uid:\t1000\t-1\t1000\t1000\n"), -EINVAL, 4711},
	{TEXT("Uid:\t1000\t4294967296\t1000\t1000\n"), -EINVAL, 4711},
	{TEXT("Uid:\t1000\troot\t1000\t1000\n"), -EINVAL, 4711},
	{TEXT("Uid: 1000 1000 1000 1000\n"), -EINVAL, 4711},
};

TEST(a_process_is_shown_with_its_effective_user)
{
	for (size_t i = 0; i < COUNT(statuses); i++) {
		char *alone = unit_alone(statuses[i].text);
		uint32_t uid = 4711;

		assert_case(statuses[i].text,
			proc_parse_status_uid((struct bytes){alone, statuses[i].text.length}, &uid),
			statuses[i].status);
		assert_case(statuses[i].text, uid, statuses[i].uid);
		free(alone);
	}
}

TEST(only_numbers_among_the_names_of_proc_are_processes)
{
	static const struct {
		const char *name;
		int status;
		int64_t pid;
	} names[] = {{"1", 0, 1}, {"4194304", 0, 4194304}, {"4294967295", 0, 4294967295},
		{"4294967296", -EINVAL, -7}, {"", -EINVAL, -7}, {"self", -EINVAL, -7},
		{"thread-self", -EINVAL, -7}, {"-1", -EINVAL, -7}, {"+1", -EINVAL, -7},
		{"1 ", -EINVAL, -7}, {"1a", -EINVAL, -7}, {"0x1", -EINVAL, -7}, {"..", -EINVAL, -7},
		{"net", -EINVAL, -7}, {"0", -EINVAL, -7}, {"00", -EINVAL, -7}, {"01", -EINVAL, -7},
		{"007", -EINVAL, -7}};

	for (size_t i = 0; i < COUNT(names); i++) {
		int64_t pid = -7;

		assert_case(bytes_of(names[i].name), proc_parse_pid(names[i].name, &pid),
			names[i].status);
		assert_case(bytes_of(names[i].name), pid, names[i].pid);
	}
}

static const struct {
	struct bytes target;
	int status;
	uint64_t inode;
} links[] = {
	{TEXT("socket:[4711]"), 0, 4711},
	{TEXT("socket:[0]"), 0, 0},
	{TEXT("socket:[9223372036854775807]"), 0, INT64_MAX},
	{TEXT("socket:[9223372036854775808]"), -EINVAL, 99},
	{TEXT("socket:[18446744073709551616]"), -EINVAL, 99},
	{TEXT("socket:[]"), -EINVAL, 99},
	{TEXT("socket:["), -EINVAL, 99},
	{TEXT("socket:"), -EINVAL, 99},
	{TEXT("socket:]"), -EINVAL, 99},
	{TEXT(""), -EINVAL, 99},
	{TEXT("socket:[47"), -EINVAL, 99},
	{TEXT("socket:[4711]x"), -EINVAL, 99},
	{TEXT("socket:[4711]]"), -EINVAL, 99},
	{TEXT("socket:[ 4711]"), -EINVAL, 99},
	{TEXT("socket:[-1]"), -EINVAL, 99},
	{TEXT("pipe:[4711]"), -EINVAL, 99},
	{TEXT("anon_inode:[eventpoll]"), -EINVAL, 99},
	{TEXT("/tmp/socket:[4711]"), -EINVAL, 99},
	{TEXT("/dev/null"), -EINVAL, 99},
};

TEST(a_descriptor_that_is_no_socket_holds_no_port)
{
	for (size_t i = 0; i < COUNT(links); i++) {
		char *alone = unit_alone(links[i].target);
		uint64_t inode = 99;

		assert_case(links[i].target,
			proc_parse_socket_link(
				(struct bytes){alone, links[i].target.length}, &inode),
			links[i].status);
		assert_case(links[i].target, inode, links[i].inode);
		free(alone);
	}
}

/* As Linux 6.18 prints it. */
TEST(only_registered_sockets_of_a_ring_are_found)
{
	struct bytes rest = BYTES(
		"pos:\t0\nSQEs:\t1\n    0: opcode:13, fd:5\nUserFiles:\t4\n"
		"    0: socket:[4711]\n    1: /tmp/socket:[1]\n"
		"    2: pipe:[2]\n    3: socket:[4712]\nUserBufs:\t0\n"
		"socket:[3]\n    4: socket:[5");
	uint64_t inode = 99;

	assert_true(proc_is_ring_link(BYTES("anon_inode:[io_uring]")));
	assert_false(proc_is_ring_link(BYTES("/tmp/anon_inode:[io_uring]")));
	assert_true(proc_next_ring_socket(&rest, &inode));
	assert_int_equal(inode, 4711);
	assert_true(proc_next_ring_socket(&rest, &inode));
	assert_int_equal(inode, 4712);
	assert_false(proc_next_ring_socket(&rest, &inode));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_name_of_a_process_shifts_the_fields_behind_it),
		cmocka_unit_test(a_stat_that_is_cut_or_garbled_is_refused),
		cmocka_unit_test(a_process_is_shown_with_its_effective_user),
		cmocka_unit_test(only_numbers_among_the_names_of_proc_are_processes),
		cmocka_unit_test(a_descriptor_that_is_no_socket_holds_no_port),
		cmocka_unit_test(only_registered_sockets_of_a_ring_are_found),
	};

	return cmocka_run_group_tests_name("proc_pid", tests, NULL, NULL);
}
