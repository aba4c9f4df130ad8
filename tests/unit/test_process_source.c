#include "why/process_source.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

const char program_name[] = "test";

/* A capture of one process with pid 7, made anew for each test. */
struct capture {
	char path[64];
	struct os_directory root;
	struct process_source source;
};

static void write_file(const struct capture *capture, const char *name, struct bytes content)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/%s", capture->path, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
	assert_int_equal(fclose(file), 0);
}
#define write_file(...) UNIT_AT(write_file(__VA_ARGS__))

static int set_up(void **state)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	char path[128];

	assert_non_null(capture);
	snprintf(capture->path, sizeof(capture->path), "/tmp/pf-facts-XXXXXX");
	assert_non_null(mkdtemp(capture->path));
	snprintf(path, sizeof(path), "%s/proc", capture->path);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/proc/7", capture->path);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(capture, "7/stat",
		BYTES("7 (a b) S 5 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 200050 0 0\n"));
	assert_int_equal(os_directory_open(&capture->root, NULL, capture->path), 0);
	capture->source = (struct process_source){.root = &capture->root};
	*state = capture;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"7/stat", "7/comm", "7/cmdline", "7/environ", "7/exe",
		"7/cwd", "7/cgroup", "stat", "uptime", "7", ""};
	struct capture *capture = *state;
	char path[128];

	os_directory_close(&capture->root);
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/proc/%s", capture->path, names[i]);
		remove(path);
	}
	assert_int_equal(remove(capture->path), 0);
	free(capture);
	return 0;
}

TEST(what_a_process_was_started_with_comes_from_its_files)
{
	struct capture *capture = *state;
	struct process_facts facts;

	write_file(capture, "7/comm", BYTES("a b\n"));
	write_file(capture, "7/cmdline", BYTES("node\0\0--port\0"));
	write_file(capture, "7/cgroup", BYTES("0::/x\n"));
	/* A file stands for a link where a file system has none. */
	write_file(capture, "7/exe", BYTES("/usr/bin/node"));
	write_file(capture, "7/cwd", BYTES("/home/alice"));
	write_file(capture, "stat", BYTES("btime 1700000000\n"));
	write_file(capture, "uptime", BYTES("2100.75 1.00\n"));
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_int_equal(facts.pid, 7);
	assert_int_equal(facts.parent, 5);
	assert_int_equal(facts.start_ticks, 200050);
	assert_int_equal(facts.start_time, 1700002000);
	assert_int_equal(facts.uptime, 100);
	assert_bytes(buffer_bytes(&facts.command), BYTES("a b"));
	assert_bytes(buffer_bytes(&facts.arguments), BYTES("node\0\0--port\0"));
	assert_bytes(buffer_bytes(&facts.executable), BYTES("/usr/bin/node"));
	assert_bytes(buffer_bytes(&facts.directory), BYTES("/home/alice"));
	assert_bytes(buffer_bytes(&facts.cgroup), BYTES("0::/x\n"));
	process_facts_release(&facts);
}

TEST(what_cannot_be_read_is_unknown)
{
	struct capture *capture = *state;
	struct process_facts facts;

	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_int_equal(facts.start_time, -1);
	assert_int_equal(facts.uptime, -1);
	assert_null(facts.command.data);
	assert_null(facts.arguments.data);
	assert_null(facts.executable.data);
	assert_null(facts.directory.data);
	assert_null(facts.cgroup.data);
	process_facts_release(&facts);
}

/* Older kernels fail with ENAMETOOLONG for a cgroup with a path longer than a page. */
TEST(a_cgroup_that_is_too_long_is_unknown_and_no_failure)
{
	struct capture *capture = *state;
	struct process_facts facts;
	char target[300] = "";
	char path[128];

	memset(target, 'a', sizeof(target) - 1);
	snprintf(path, sizeof(path), "%s/proc/7/cgroup", capture->path);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_null(facts.cgroup.data);
	assert_int_equal(capture->source.failure.count, 0);
	process_facts_release(&facts);
}

TEST(a_process_that_is_not_there_has_no_facts)
{
	struct capture *capture = *state;
	struct process_facts facts;

	assert_int_equal(process_facts_read(&capture->source, 8, &facts), -ENOENT);
	write_file(capture, "7/stat", BYTES("7 (a"));
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), -EINVAL);
	capture->source.root = NULL;
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), -ENOENT);
}

static const struct {
	struct bytes file;
	struct bytes arguments;
} titles[] = {
	{TEXT("nginx: worker process\0\0\0\0\0\0"), TEXT("nginx: worker process")},
	{TEXT("prog\0\0"), TEXT("prog\0\0")},
	{TEXT("prog\0a\0"), TEXT("prog\0a\0")},
	{TEXT("prog"), TEXT("prog")},
	{TEXT(""), TEXT("")},
	{TEXT("\0\0\0"), TEXT("")},
};

TEST(what_a_title_leaves_behind_it_is_no_arguments)
{
	struct capture *capture = *state;

	for (size_t i = 0; i < COUNT(titles); i++) {
		struct process_facts facts;

		write_file(capture, "7/cmdline", titles[i].file);
		assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
		assert_bytes(buffer_bytes(&facts.arguments), titles[i].arguments);
		process_facts_release(&facts);
	}
}

TEST(of_a_huge_command_line_the_rest_is_omitted)
{
	enum { HUGE = 2 * 1024 * 1024 };
	struct capture *capture = *state;
	struct process_facts facts;
	char *text = malloc(HUGE);

	assert_non_null(text);
	memset(text, 'a', HUGE);
	write_file(capture, "7/cmdline", (struct bytes){text, HUGE});
	free(text);
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_int_equal(facts.arguments.length, PROCESS_ARGUMENTS_MAX);
	process_facts_release(&facts);
}

/* prctl(2) lets a process put the ends of its arguments and its environment anywhere. */
TEST(files_without_end_are_not_read_beyond_than_is_needed)
{
	static const char *const names[] = {
		"7/comm", "7/cmdline", "7/environ", "7/exe", "7/cwd", "7/cgroup"};
	const off_t tebibyte = (off_t)1 << 40;
	struct capture *capture = *state;
	struct process_facts facts;
	struct buffer value = {0};

	for (size_t i = 0; i < COUNT(names); i++) {
		char path[128];

		write_file(capture, names[i], BYTES("a=b"));
		snprintf(path, sizeof(path), "%s/proc/%s", capture->path, names[i]);
		if (truncate(path, tebibyte))
			skip();
	}
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_int_equal(capture->source.failure.count, 0);
	assert_bytes(buffer_bytes(&facts.arguments), BYTES("a=b"));
	assert_int_equal(facts.arguments.capacity, 3);
	assert_int_equal(facts.directory.length, OS_PATH_MAX - 1);
	assert_true(facts.command.capacity <= 64 * 1024);
	assert_true(facts.cgroup.capacity <= 64 * 1024);
	process_facts_release(&facts);
	assert_int_equal(process_variable_read(&capture->source, 7, "a", &value), 0);
	assert_bytes(buffer_bytes(&value), BYTES("b"));
	buffer_release(&value);
}

TEST(a_name_is_not_completed_by_what_was_cut)
{
	struct capture *capture = *state;
	struct process_facts facts;
	struct buffer text = {0};

	assert_int_equal(buffer_append_blanks(&text, OS_PATH_MAX - 18), 0);
	assert_int_equal(buffer_append(&text, "/fifteen-bytes-x-and-more\0", 26), 0);
	write_file(capture, "7/comm", BYTES("fifteen-bytes-x\n"));
	write_file(capture, "7/cmdline", buffer_bytes(&text));
	assert_int_equal(process_facts_read(&capture->source, 7, &facts), 0);
	assert_bytes(buffer_bytes(&facts.command), BYTES("fifteen-bytes-x"));
	process_facts_release(&facts);
	buffer_release(&text);
}

/* Its value would be another one. */
TEST(a_variable_that_is_cut_is_unknown)
{
	enum { ENVIRONMENT_MAX = 128 * 1024 };
	struct capture *capture = *state;
	struct buffer text = {0};
	struct buffer value = {0};

	assert_int_equal(buffer_append(&text, "name=a\0long=", 12), 0);
	assert_int_equal(buffer_append_blanks(&text, ENVIRONMENT_MAX - text.length - 1), 0);
	assert_int_equal(buffer_append(&text, "\0end=b\0", 7), 0);
	write_file(capture, "7/environ", buffer_bytes(&text));
	assert_int_equal(process_variable_read(&capture->source, 7, "long", &value), 0);
	assert_int_equal(value.length, ENVIRONMENT_MAX - 13);
	assert_int_equal(process_variable_read(&capture->source, 7, "end", &value), -ENOENT);
	text.data[ENVIRONMENT_MAX - 1] = ' ';
	write_file(capture, "7/environ", buffer_bytes(&text));
	assert_int_equal(process_variable_read(&capture->source, 7, "long", &value), -ENOENT);
	value.length = 0;
	assert_int_equal(process_variable_read(&capture->source, 7, "name", &value), 0);
	assert_bytes(buffer_bytes(&value), BYTES("a"));
	buffer_release(&text);
	buffer_release(&value);
}

TEST(arguments_are_walked_with_the_empty_ones)
{
	struct bytes rest = BYTES("node\0\0--port\0last");
	struct bytes argument;

	assert_true(process_next_argument(&rest, &argument));
	assert_bytes(argument, BYTES("node"));
	assert_true(process_next_argument(&rest, &argument));
	assert_bytes(argument, BYTES(""));
	assert_true(process_next_argument(&rest, &argument));
	assert_bytes(argument, BYTES("--port"));
	assert_true(process_next_argument(&rest, &argument));
	assert_bytes(argument, BYTES("last"));
	assert_false(process_next_argument(&rest, &argument));
}

TEST(a_variable_is_the_one_with_just_this_name)
{
	struct capture *capture = *state;
	struct buffer value = {0};

	write_file(capture, "7/environ", BYTES("xname=a\0name2=b\0name\0name=c=d\0name=e\0"));
	assert_int_equal(process_variable_read(&capture->source, 7, "name", &value), 0);
	assert_bytes(buffer_bytes(&value), BYTES("c=d"));
	assert_int_equal(process_variable_read(&capture->source, 7, "other", &value), -ENOENT);
	assert_int_equal(process_variable_read(&capture->source, 8, "name", &value), -ENOENT);
	buffer_release(&value);
}

#define FACTS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACTS_TEST(what_a_process_was_started_with_comes_from_its_files),
		FACTS_TEST(what_cannot_be_read_is_unknown),
		FACTS_TEST(a_cgroup_that_is_too_long_is_unknown_and_no_failure),
		FACTS_TEST(a_process_that_is_not_there_has_no_facts),
		FACTS_TEST(what_a_title_leaves_behind_it_is_no_arguments),
		FACTS_TEST(of_a_huge_command_line_the_rest_is_omitted),
		FACTS_TEST(files_without_end_are_not_read_beyond_than_is_needed),
		FACTS_TEST(a_name_is_not_completed_by_what_was_cut),
		FACTS_TEST(a_variable_that_is_cut_is_unknown),
		cmocka_unit_test(arguments_are_walked_with_the_empty_ones),
		FACTS_TEST(a_variable_is_the_one_with_just_this_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
