#include "os/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/number.h"
#include "os/os.h"
#include "os/spawn_gather.h"
#include "unit.h"

const char program_name[] = "test";

enum {
	LONG = 60000, /* milliseconds that no test here is to take */
	SHORT = 30,
	LARGE = 3000000, /* bytes, many times what a pipe holds */
};

static int run(const char *script, const char *argument, int64_t milliseconds,
	struct spawn_output *ret_output)
{
	const char *const argv[] = {"sh", "-c", script, "sh", argument, NULL};

	return spawn_capture("/bin/sh", argv, milliseconds, ret_output);
}

static struct bytes text_of(const struct buffer *buffer)
{
	return (struct bytes){buffer->data ? buffer->data : "", buffer->length};
}

static int count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void check_no_child(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}
#define check_no_child(...) UNIT_AT(check_no_child(__VA_ARGS__))

static void check(const char *script, const char *out, const char *err, int status)
{
	struct spawn_output output;
	int descriptors = count_descriptors();

	assert_case(bytes_of(script), run(script, NULL, LONG, &output), 0);
	assert_bytes(text_of(&output.out), bytes_of(out));
	assert_bytes(text_of(&output.err), bytes_of(err));
	assert_false(output.end.was_signalled);
	assert_case(bytes_of(script), output.end.status, status);
	assert_case(bytes_of(script), count_descriptors(), descriptors);
	check_no_child();
	spawn_output_release(&output);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(output_and_messages_are_kept_apart)
{
	check("echo out; echo err >&2; echo out again; echo err again >&2", "out\nout again\n",
		"err\nerr again\n", 0);
	check("echo out", "out\n", "", 0);
	check("echo err >&2", "", "err\n", 0);
	check(":", "", "", 0);
	check("printf 'no newline'", "no newline", "", 0);
}

TEST(a_program_reads_nothing)
{
	check("cat; echo end", "end\n", "", 0);
}

TEST(a_program_that_fails_is_reported_with_its_status_and_its_output)
{
	check("echo out; exit 1", "out\n", "", 1);
	check("echo why >&2; exit 255", "", "why\n", 255);
}

TEST(a_program_that_dies_is_reported_with_its_signal_and_its_output)
{
	static const int signals[] = {SIGTERM, SIGKILL, SIGPIPE};

	for (size_t i = 0; i < COUNT(signals); i++) {
		struct spawn_output output;
		char number[OS_SIGNAL_NAME_MAX];

		snprintf(number, sizeof(number), "%d", signals[i]);
		assert_int_equal(run("echo out; kill -$1 $$", number, LONG, &output), 0);
		assert_bytes(text_of(&output.out), BYTES("out\n"));
		assert_true(output.end.was_signalled);
		assert_int_equal(output.end.status, signals[i]);
		check_no_child();
		spawn_output_release(&output);
	}
}

TEST(a_program_that_closes_its_streams_early_is_waited_for)
{
	check("echo out; exec >&- 2>&-; exit 3", "out\n", "", 3);
	check("exec >&-; echo err >&2", "", "err\n", 0);
	check("exec 2>&-; echo out", "out\n", "", 0);
}

static void check_zeros(const struct buffer *buffer)
{
	assert_int_equal(buffer->length, LARGE);
	for (size_t i = 0; i < buffer->length; i++)
		if (buffer->data[i])
			fail();
}
#define check_zeros(...) UNIT_AT(check_zeros(__VA_ARGS__))

/* Reading one stream to its end before the other would wait for ever. */
TEST(large_output_on_both_streams_comes_whole)
{
	static const char *const scripts[] = {
		"head -c $1 /dev/zero; head -c $1 /dev/zero >&2",
		"head -c $1 /dev/zero >&2; head -c $1 /dev/zero",
		"head -c $1 /dev/zero >&2 & head -c $1 /dev/zero; wait",
	};
	char number[OS_SIGNAL_NAME_MAX];

	snprintf(number, sizeof(number), "%d", LARGE);
	for (size_t i = 0; i < COUNT(scripts); i++) {
		struct spawn_output output;

		assert_int_equal(run(scripts[i], number, LONG, &output), 0);
		check_zeros(&output.out);
		check_zeros(&output.err);
		assert_false(output.end.was_signalled);
		assert_int_equal(output.end.status, 0);
		spawn_output_release(&output);
	}
	check_no_child();
}

/* A pipe with a name, in a directory of its own, that nobody ever writes to. */
struct fifo {
	char directory[256];
	char path[264];
};

static void make_fifo(struct fifo *ret_fifo)
{
	const char *parent = getenv("TMPDIR");

	snprintf(ret_fifo->directory, sizeof(ret_fifo->directory), "%s/pf-unit-XXXXXX",
		parent ? parent : "/tmp");
	assert_non_null(mkdtemp(ret_fifo->directory));
	snprintf(ret_fifo->path, sizeof(ret_fifo->path), "%s/fifo", ret_fifo->directory);
	assert_int_equal(mkfifo(ret_fifo->path, 0600), 0);
}
#define make_fifo(...) UNIT_AT(make_fifo(__VA_ARGS__))

/* It is killed without being waited for: what is left of it is ours to wait for here. */
static void check_killed(const char *script, int64_t milliseconds)
{
	struct spawn_output output;
	int descriptors = count_descriptors();
	int64_t begun = os_clock();
	struct fifo fifo;
	pid_t child;
	int status;

	make_fifo(&fifo);
	assert_case(bytes_of(script), run(script, fifo.path, milliseconds, &output), -ETIMEDOUT);
	assert_true(os_clock() - begun >= milliseconds);
	assert_true(os_clock() - begun < LONG);
	spawn_output_release(&output);
	do
		child = waitpid(-1, &status, 0);
	while (child < 0 && errno == EINTR);
	assert_true(child > 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
	assert_int_equal(count_descriptors(), descriptors);
	check_no_child();
	assert_int_equal(unlink(fifo.path), 0);
	assert_int_equal(rmdir(fifo.directory), 0);
}
#define check_killed(...) UNIT_AT(check_killed(__VA_ARGS__))

TEST(a_program_that_hangs_is_killed_at_its_limit)
{
	check_killed("exec cat \"$1\"", SHORT);
	check_killed("exec >&- 2>&-; read -r line <\"$1\"", SHORT);
	check_killed("trap '' TERM HUP INT; read -r line <\"$1\"", SHORT);
	check_killed("exec cat /dev/zero", SHORT);
	check_killed("exec cat \"$1\"", 0);
}

TEST(a_program_that_writes_without_end_is_killed_and_what_is_kept_of_it_is_bounded)
{
	static const char *const scripts[] = {"exec cat /dev/zero", "exec cat /dev/zero >&2"};

	for (size_t i = 0; i < 2; i++) {
		struct spawn_output output;
		int status;

		assert_int_equal(run(scripts[i], NULL, LONG, &output), -EFBIG);
		assert_true(output.out.length + output.err.length <= SPAWN_OUTPUT_MAX + 64 * 1024);
		spawn_output_release(&output);
		assert_true(waitpid(-1, &status, 0) > 0);
		assert_true(WIFSIGNALED(status));
		check_no_child();
	}
}

static void interrupt(int signal)
{
	(void)signal;
}

TEST(a_program_that_hangs_is_killed_at_its_limit_whatever_interrupts_the_wait)
{
	const struct sigaction action = {.sa_handler = interrupt};
	const struct itimerval often = {{.tv_usec = 2000}, {.tv_usec = 2000}};
	const struct itimerval never = {0};

	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
	check_killed("echo out; exec cat \"$1\"", 3 * SHORT);
	assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
	signal(SIGALRM, SIG_DFL);
}

/* The pipe ends when all have that hold an end of it. */
TEST(what_a_program_that_hangs_has_started_is_killed_too)
{
	struct spawn_output output;
	struct fifo fifo;
	int life[2];
	struct pollfd end;

	make_fifo(&fifo);
	assert_int_equal(pipe(life), 0);
	assert_int_equal(run("cat \"$1\"; :", fifo.path, SHORT, &output), -ETIMEDOUT);
	spawn_output_release(&output);
	assert_true(waitpid(-1, NULL, 0) > 0);
	close(life[1]);
	end = (struct pollfd){.fd = life[0], .events = POLLIN};
	assert_int_equal(poll(&end, 1, LONG), 1);
	close(life[0]);
	assert_int_equal(unlink(fifo.path), 0);
	assert_int_equal(rmdir(fifo.directory), 0);
}

/* It stands for a process that got the pid of a child whose end somebody else has waited for. */
TEST(what_is_no_child_any_more_is_not_killed)
{
	static const char script[] = "(read -r line <\"$0\"; echo \"$line\") & echo $!";
	struct child other = {0};
	char text[32] = "";
	struct fifo fifo;
	const char *const argv[] = {"sh", "-c", script, fifo.path, NULL};
	struct spawn spawn = {.path = "/bin/sh", .argv = argv, .in = SPAWN_NULL, .err = OS_STDERR};
	struct child child;
	struct child_end end;
	struct bytes rest;
	uint64_t pid;
	int told;
	int fd;

	make_fifo(&fifo);
	assert_int_equal(spawn_pipe(&told, &spawn.out), 0);
	assert_int_equal(spawn_start(&spawn, &child), 0);
	spawn_close(spawn.out);
	assert_int_equal(spawn_wait(child, &end), 0);
	assert_true(os_read(told, text, sizeof(text) - 1) > 0);
	rest = bytes_of(text);
	assert_int_equal(number_parse(bytes_cut(&rest, '\n'), INT32_MAX, &pid), 0);
	assert_true(pid > 1);
	other.pid = (int64_t)pid;
	spawn_abandon(other);
	fd = open(fifo.path, O_RDWR | O_CLOEXEC);
	assert_int_equal(os_write_all(fd, "alive\n", 6), 0);
	memset(text, 0, sizeof(text));
	assert_int_equal(os_read(told, text, sizeof(text) - 1), 6);
	assert_text(text, "alive\n");
	close(fd);
	spawn_close(told);
	assert_int_equal(unlink(fifo.path), 0);
	assert_int_equal(rmdir(fifo.directory), 0);
}

TEST(when_a_program_has_started_is_reported)
{
	struct spawn_output output;
	int64_t ours;

	assert_int_equal(run(":", NULL, LONG, &output), 0);
	/* On the clock of processes; 0 where the OS can't tell. */
	if (os_process_start_ticks(os_own_pid(), &ours) == 0)
		assert_true(output.started >= ours);
	else
		assert_int_equal(output.started, 0);
	spawn_output_release(&output);
}

TEST(a_program_that_is_not_there_is_an_error_and_leaves_nothing_open)
{
	const char *const argv[] = {"pf-none", NULL};
	int descriptors = count_descriptors();
	struct spawn_output output;

	NEED_FAILING_EXEC();
	assert_int_equal(spawn_capture("/nonexistent/pf-none", argv, LONG, &output), -ENOENT);
	spawn_output_release(&output);
	assert_int_equal(spawn_capture("/", argv, LONG, &output), -EACCES);
	spawn_output_release(&output);
	assert_int_equal(count_descriptors(), descriptors);
	check_no_child();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_messages_are_kept_apart),
		cmocka_unit_test(a_program_reads_nothing),
		cmocka_unit_test(a_program_that_fails_is_reported_with_its_status_and_its_output),
		cmocka_unit_test(a_program_that_dies_is_reported_with_its_signal_and_its_output),
		cmocka_unit_test(a_program_that_closes_its_streams_early_is_waited_for),
		cmocka_unit_test(large_output_on_both_streams_comes_whole),
		cmocka_unit_test(a_program_that_hangs_is_killed_at_its_limit),
		cmocka_unit_test(
			a_program_that_writes_without_end_is_killed_and_what_is_kept_of_it_is_bounded),
		cmocka_unit_test(
			a_program_that_hangs_is_killed_at_its_limit_whatever_interrupts_the_wait),
		cmocka_unit_test(what_a_program_that_hangs_has_started_is_killed_too),
		cmocka_unit_test(what_is_no_child_any_more_is_not_killed),
		cmocka_unit_test(when_a_program_has_started_is_reported),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error_and_leaves_nothing_open),
	};

	return cmocka_run_group_tests_name("spawn_capture", tests, NULL, NULL);
}
