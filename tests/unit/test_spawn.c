#include "os/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "os/os.h"
#include "unit.h"

const char program_name[] = "test";

/* Runs a shell's script to its end. Its output is appended to `output`, if there is one. */
static struct child_end run(const char *script, const char *argument, struct buffer *output)
{
	const char *const argv[] = {"sh", "-c", script, "sh", argument, NULL};
	struct spawn spawn = {.path = "/bin/sh",
		.argv = argv,
		.in = SPAWN_NULL,
		.out = SPAWN_NULL,
		.err = OS_STDERR};
	struct child child;
	struct child_end end;
	int read_end;
	int write_end;
	long count;

	assert_int_equal(spawn_pipe(&read_end, &write_end), 0);
	if (output)
		spawn.out = write_end;
	assert_int_equal(spawn_start(&spawn, &child), 0);
	assert_true(child.pid > 0);
	spawn_close(write_end);
	do {
		char piece[256];

		count = os_read(read_end, piece, sizeof(piece));
		assert_true(count >= 0);
		if (count && output)
			assert_int_equal(buffer_append(output, piece, (size_t)count), 0);
	} while (count);
	spawn_close(read_end);
	assert_int_equal(spawn_wait(child, &end), 0);
	assert_int_equal(spawn_wait(child, &end), -ECHILD);
	return end;
}

static void check_output(const char *script, const char *argument, const char *expected)
{
	struct buffer output = {0};
	struct child_end end = run(script, argument, &output);

	assert_false(end.was_signalled);
	assert_int_equal(end.status, 0);
	assert_bytes(((struct bytes){output.data ? output.data : "", output.length}),
		bytes_of(expected));
	buffer_release(&output);
}
#define check_output(...) UNIT_AT(check_output(__VA_ARGS__))

TEST(a_stage_that_fails_is_distinguished_from_one_that_died)
{
	static const struct {
		const char *script;
		bool was_signalled;
		int status;
	} ends[] = {{"exit 0", false, 0}, {"exit 1", false, 1}, {"exit 255", false, 255},
		{"exit 15", false, 15}, {"kill -TERM $$", true, SIGTERM},
		{"kill -KILL $$", true, SIGKILL}};

	for (size_t i = 0; i < COUNT(ends); i++) {
		struct child_end end = run(ends[i].script, NULL, NULL);

		assert_case(bytes_of(ends[i].script), end.was_signalled, ends[i].was_signalled);
		assert_case(bytes_of(ends[i].script), end.status, ends[i].status);
	}
}

TEST(a_stage_gets_its_arguments_and_descriptors_as_they_are)
{
	check_output("printf '%s' \"$1\"", "a b\n*$x'\"", "a b\n*$x'\"");
	check_output("printf '%s' \"$#\"", "", "1");
	/* SPAWN_NULL: nothing to read. */
	check_output("cat", NULL, "");
}

TEST(no_descriptor_of_ours_is_left_open_in_a_stage)
{
	char number[OS_SIGNAL_NAME_MAX];
	int ends[2];

	assert_int_equal(spawn_pipe(&ends[0], &ends[1]), 0);
	for (int i = 0; i < 2; i++) {
		snprintf(number, sizeof(number), "%d", ends[i]);
		check_output("test -e /dev/fd/1 && test ! -e /dev/fd/$1 && echo closed", number,
			"closed\n");
	}
	spawn_close(ends[0]);
	spawn_close(ends[1]);
}

TEST(a_stage_dies_of_sigpipe_though_we_ignore_it)
{
	struct child_end end;

	os_prepare_process(NULL, NULL);
	end = run("kill -PIPE $$; exit 0", NULL, NULL);
	assert_true(end.was_signalled);
	assert_int_equal(end.status, SIGPIPE);
}

TEST(a_pipe_stays_clear_of_the_standard_descriptors)
{
	int saved = dup(STDIN_FILENO);
	int ends[2];

	assert_true(saved > STDERR_FILENO);
	close(STDIN_FILENO);
	assert_int_equal(spawn_pipe(&ends[0], &ends[1]), 0);
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
	assert_true(ends[0] > STDERR_FILENO);
	assert_true(ends[1] > STDERR_FILENO);
	spawn_close(ends[0]);
	spawn_close(ends[1]);
	spawn_close(SPAWN_NULL);
}

TEST(a_program_that_is_not_there_is_an_error_and_no_child)
{
	const char *const argv[] = {"pf-none", NULL};
	struct spawn spawn = {.path = "/nonexistent/pf-none",
		.argv = argv,
		.in = SPAWN_NULL,
		.out = SPAWN_NULL,
		.err = SPAWN_NULL};
	struct child child;

	NEED_FAILING_EXEC();
	assert_int_equal(spawn_start(&spawn, &child), -ENOENT);
	spawn.path = "/";
	assert_int_equal(spawn_start(&spawn, &child), -EACCES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stage_that_fails_is_distinguished_from_one_that_died),
		cmocka_unit_test(a_stage_gets_its_arguments_and_descriptors_as_they_are),
		cmocka_unit_test(no_descriptor_of_ours_is_left_open_in_a_stage),
		cmocka_unit_test(a_stage_dies_of_sigpipe_though_we_ignore_it),
		cmocka_unit_test(a_pipe_stays_clear_of_the_standard_descriptors),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error_and_no_child),
	};

	return cmocka_run_group_tests_name("spawn", tests, NULL, NULL);
}
