#include "os/os.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/sock_diag.h"
#include "unit.h"

const char program_name[] = "test";

static const struct {
	const char *name;
	int signal;
} signals[] = {
	{"TERM", SIGTERM},
	{"SIGTERM", SIGTERM},
	{"term", SIGTERM},
	{"SigTerm", SIGTERM},
	{"KILL", SIGKILL},
	{"SIGKILL", SIGKILL},
	{"HUP", SIGHUP},
	{"INT", SIGINT},
	{"QUIT", SIGQUIT},
	{"ABRT", SIGABRT},
	{"USR1", SIGUSR1},
	{"USR2", SIGUSR2},
	{"ALRM", SIGALRM},
	{"CONT", SIGCONT},
	{"STOP", SIGSTOP},
	{"TSTP", SIGTSTP},
	{"WINCH", SIGWINCH},
	{"ILL", SIGILL},
	{"TRAP", SIGTRAP},
	{"BUS", SIGBUS},
	{"FPE", SIGFPE},
	{"SEGV", SIGSEGV},
	{"PIPE", SIGPIPE},
	{"CHLD", SIGCHLD},
	{"TTIN", SIGTTIN},
	{"TTOU", SIGTTOU},
	{"URG", SIGURG},
	{"XCPU", SIGXCPU},
	{"XFSZ", SIGXFSZ},
	{"VTALRM", SIGVTALRM},
	{"PROF", SIGPROF},
	{"SYS", SIGSYS},
	{"1", 1},
	{"15", 15},
	{"64", 64},
};

TEST(a_signal_is_known_by_each_of_its_names)
{
	for (size_t i = 0; i < COUNT(signals); i++) {
		int number = -7;

		assert_case(
			bytes_of(signals[i].name), os_signal_number(signals[i].name, &number), 0);
		assert_case(bytes_of(signals[i].name), number, signals[i].signal);
	}
}

/* 0 among them: it would end nothing, and look as if it had. */
TEST(what_is_no_signal_is_refused)
{
	static const char *const names[] = {"", "0", "00", "65", "-9", "+9", " 9", "9 ", "0x9",
		"SIG", "SIGSIGTERM", "SIG15", "TERMINATE", "TER", "9999999999999999999999"};

	for (size_t i = 0; i < COUNT(names); i++) {
		int number = -7;

		assert_case(bytes_of(names[i]), os_signal_number(names[i], &number), -EINVAL);
		assert_case(bytes_of(names[i]), number, -7);
	}
}

TEST(a_signal_is_shown_with_its_name)
{
	char buffer[16];

	assert_text(os_signal_name(SIGTERM, buffer), "SIGTERM");
	assert_text(os_signal_name(SIGKILL, buffer), "SIGKILL");
	assert_text(os_signal_name(SIGHUP, buffer), "SIGHUP");
	assert_text(os_signal_name(SIGXFSZ, buffer), "SIGXFSZ");
	assert_text(os_signal_name(SIGVTALRM, buffer), "SIGVTALRM");
	assert_text(os_signal_name(50, buffer), "signal 50");
	assert_text(os_signal_name(os_signal_terminate(), buffer), "SIGTERM");
	assert_text(os_signal_name(os_signal_kill(), buffer), "SIGKILL");
}

/* The start of a process; where this OS has none to give, the test is skipped. */
static int64_t start_of(int64_t pid)
{
	int64_t start = -7;
	int error = os_process_identity(pid, &start);

	if (error == -ENOSYS)
		skip();
	assert_int_equal(error, 0);
	assert_true(start >= 0 && start < INT64_C(1) << 53);
	return start;
}

TEST(a_process_has_one_start_for_all_its_life_that_jq_can_pass_on)
{
	int64_t start = start_of(os_own_pid());

	assert_int_equal(os_own_pid(), getpid());
	for (int i = 0; i < 100; i++)
		assert_true(start_of(os_own_pid()) == start);
}

TEST(a_process_that_is_gone_is_not_taken_for_another)
{
	int64_t before;
	int64_t start = -7;
	int64_t parent = -7;
	struct os_process process = {.pid = -7, .identity = -7, .handle = -7};
	int gate[2];
	char byte;
	pid_t child;

	start_of(os_own_pid());
	assert_int_equal(pipe(gate), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(gate[1]);
		_exit(read(gate[0], &byte, 1) == 0 ? 0 : 1);
	}
	close(gate[0]);
	before = start_of(child);
	assert_true(start_of(child) == before);
	assert_true(start_of(os_own_pid()) != before);
	assert_int_equal(os_process_parent(child, &parent), 0);
	assert_int_equal(parent, getpid());
	close(gate[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);

	parent = -7;
	assert_int_equal(os_process_identity(child, &start), -ESRCH);
	assert_int_equal(start, -7);
	assert_int_equal(os_process_parent(child, &parent), -ESRCH);
	assert_int_equal(parent, -7);
	assert_int_equal(os_process_open(child, before, &process), -ESRCH);
	assert_int_equal(process.handle, -7);
}

/* pid_t has 32 bits: a larger number must not be cut to that of a process there is. */
TEST(a_pid_that_no_process_can_have_is_no_process)
{
	const int64_t pids[] = {INT64_C(1) << 32 | getpid(), INT64_MAX};
	int64_t start = -7;

	start_of(os_own_pid());
	for (size_t i = 0; i < COUNT(pids); i++) {
		assert_int_equal(os_process_identity(pids[i], &start), -ESRCH);
		assert_int_equal(start, -7);
	}
}

TEST(a_path_that_hangs_on_the_current_directory_is_reported)
{
	assert_true(os_is_absolute_path("/"));
	assert_true(os_is_absolute_path("/usr/bin/netstat"));
	assert_false(os_is_absolute_path(""));
	assert_false(os_is_absolute_path("netstat"));
	assert_false(os_is_absolute_path("./netstat"));
	assert_false(os_is_absolute_path("bin/netstat"));
}

/*
 * As of UDP, where the kernel has no module for it: taken for an answer without any
 * socket, it would show each port as free. No kernel has one for protocol 254.
 */
TEST(what_the_kernel_cannot_tell_is_not_taken_for_an_empty_list)
{
	const struct sock_diag_query query = {PROTO_UDP, FAMILY_IPV4, 1, UINT16_MAX};
	enum { PROTOCOL_AT = 17 };
	unsigned char request[SOCK_DIAG_REQUEST_MAX];
	struct buffer answer = {0};
	size_t length = sock_diag_request(&query, request);

	assert_int_equal(buffer_append_text(&answer, "before"), 0);
	assert_int_equal(request[PROTOCOL_AT], 17);
	request[PROTOCOL_AT] = 254;
	assert_true(os_sock_diag(request, length, &answer) < 0);
	assert_bytes(buffer_bytes(&answer), BYTES("before"));
	buffer_release(&answer);
}

/* Machines whose clock is wrong have them, and captures may. */
TEST(a_time_that_32_bits_do_not_hold_is_reported)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} times[] = {
		{0, "1970-01-01T00:00:00Z"},
		{INT32_MAX, "2038-01-19T03:14:07Z"},
		{INT64_C(2147483648), "2038-01-19T03:14:08Z"},
		{INT64_C(4102444800), "2100-01-01T00:00:00Z"},
		{INT64_C(253402300799), "9999-12-31T23:59:59Z"},
	};

	for (size_t i = 0; i < COUNT(times); i++) {
		char text[OS_UTC_MAX] = "";

		assert_int_equal(os_format_utc(times[i].seconds, text), 0);
		assert_string_equal(text, times[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_is_known_by_each_of_its_names),
		cmocka_unit_test(what_is_no_signal_is_refused),
		cmocka_unit_test(a_signal_is_shown_with_its_name),
		cmocka_unit_test(a_process_has_one_start_for_all_its_life_that_jq_can_pass_on),
		cmocka_unit_test(a_process_that_is_gone_is_not_taken_for_another),
		cmocka_unit_test(a_pid_that_no_process_can_have_is_no_process),
		cmocka_unit_test(a_path_that_hangs_on_the_current_directory_is_reported),
		cmocka_unit_test(what_the_kernel_cannot_tell_is_not_taken_for_an_empty_list),
		cmocka_unit_test(a_time_that_32_bits_do_not_hold_is_reported),
	};

	return cmocka_run_group_tests_name("os", tests, NULL, NULL);
}
