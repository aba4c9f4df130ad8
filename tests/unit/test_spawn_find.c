#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/os.h"
#include "os/spawn.h"
#include "unit.h"

const char program_name[] = "test";

/* A directory of our own, in which each test makes what it needs and is at work. */
struct place {
	char path[256];
	char *old_path;
	int old_directory;
};

static void make_file(const char *name, mode_t mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	assert_true(fd >= 0);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}
#define make_file(...) UNIT_AT(make_file(__VA_ARGS__))

static int enter(void **state)
{
	const char *parent = getenv("TMPDIR");
	const char *path = getenv("PATH");
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	snprintf(place->path, sizeof(place->path), "%s/pf-unit-XXXXXX", parent ? parent : "/tmp");
	assert_non_null(mkdtemp(place->path));
	place->old_path = strdup(path ? path : "/bin:/usr/bin");
	place->old_directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(chdir(place->path), 0);
	for (const char *const *name = (const char *const[]){"a", "b", "c", NULL}; *name; name++)
		assert_int_equal(mkdir(*name, 0700), 0);
	*state = place;
	return 0;
}

static int leave(void **state)
{
	static const char *const names[] = {"a/tool", "b/tool", "c/tool", "a/real", "a/link",
		"b/link", "c/link", "tool", "a", "b", "c"};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(names); i++)
		remove(names[i]);
	if (fchdir(place->old_directory))
		return -1;
	close(place->old_directory);
	setenv("PATH", place->old_path, 1);
	if (rmdir(place->path))
		return -1;
	free(place->old_path);
	free(place);
	return 0;
}

/* Puts the place's path where a '@' stands. */
static void expand(const char *pattern, const struct place *place, char ret_text[OS_PATH_MAX])
{
	size_t length = 0;

	for (; *pattern; pattern++) {
		const char piece[] = {*pattern, '\0'};
		struct bytes next = bytes_of(*pattern == '@' ? place->path : piece);

		assert_true(length + next.length < OS_PATH_MAX);
		memcpy(ret_text + length, next.data, next.length);
		length += next.length;
	}
	ret_text[length] = '\0';
}
#define expand(...) UNIT_AT(expand(__VA_ARGS__))

static void set_path(const char *pattern, const struct place *place)
{
	char path[OS_PATH_MAX];

	expand(pattern, place, path);
	assert_int_equal(setenv("PATH", path, 1), 0);
}
#define set_path(...) UNIT_AT(set_path(__VA_ARGS__))

/* With `expected` NULL the program must not be found. */
static void check_find(const char *directory, const char *expected, const struct place *place)
{
	char beside[OS_PATH_MAX];
	char wanted[OS_PATH_MAX];
	char found[OS_PATH_MAX];
	int status;

	if (directory)
		expand(directory, place, beside);
	status = spawn_find("tool", directory ? beside : NULL, found, sizeof(found));
	assert_int_equal(status, expected ? 0 : -ENOENT);
	if (expected) {
		expand(expected, place, wanted);
		assert_text(found, wanted);
	}
}
#define check_find(...) UNIT_AT(check_find(__VA_ARGS__))

static void a_program_is_taken_from_beside_us_first_then_along_path(void **state)
{
	make_file("a/tool", 0700);
	make_file("b/tool", 0700);
	make_file("c/tool", 0700);
	set_path("@/b:@/a", *state);
	check_find("@/c", "@/c/tool", *state);
	check_find(NULL, "@/b/tool", *state);
	check_find("@/none", "@/b/tool", *state);
	set_path("@/none:@/a:@/b", *state);
	check_find(NULL, "@/a/tool", *state);
}

static void a_program_in_the_current_directory_is_never_run(void **state)
{
	static const char *const paths[] = {
		"", ":", ".", "a", "./a", "../", ":a:", "a:.::./a:", "~/a"};

	make_file("tool", 0700);
	make_file("a/tool", 0700);
	for (size_t i = 0; i < COUNT(paths); i++) {
		set_path(paths[i], *state);
		check_find(NULL, NULL, *state);
	}
	make_file("b/tool", 0700);
	set_path(":.:a:./a::@/b:", *state);
	check_find(NULL, "@/b/tool", *state);
}

static void what_cannot_be_run_is_passed_over(void **state)
{
	assert_int_equal(mkdir("a/tool", 0700), 0);
	make_file("b/tool", 0600);
	set_path("@/a:@/b", *state);
	check_find(NULL, NULL, *state);
	check_find("@/a", NULL, *state);
	check_find("@/b", NULL, *state);
	make_file("c/tool", 0700);
	set_path("@/a:@/b:@/c", *state);
	check_find(NULL, "@/c/tool", *state);
}

static void a_link_to_a_program_is_one_and_a_broken_link_is_none(void **state)
{
	make_file("a/real", 0700);
	assert_int_equal(symlink("nowhere", "a/tool"), 0);
	assert_int_equal(symlink("../a/real", "b/tool"), 0);
	set_path("@/a:@/b", *state);
	check_find(NULL, "@/b/tool", *state);
}

static void without_a_path_only_the_place_beside_us_counts(void **state)
{
	make_file("tool", 0700);
	make_file("a/tool", 0700);
	assert_int_equal(unsetenv("PATH"), 0);
	check_find(NULL, NULL, *state);
	check_find("@/a", "@/a/tool", *state);
}

static void root_runs_nothing_that_others_could_have_put_there(void **state)
{
	static const struct {
		mode_t mode;
		uid_t user;
		gid_t group;
		bool is_safe;
	} directories[] = {
		{0755, 0, 0, true},
		{0775, 0, 0, true},
		{0777, 0, 0, false},
		{01777, 0, 0, false},
		{0775, 0, 65534, false},
		{0755, 0, 65534, true},
		{0755, 65534, 0, false},
		{0700, 65534, 0, false},
	};
	struct place *place = *state;
	char found[OS_PATH_MAX];
	char wanted[OS_PATH_MAX];

	if (geteuid() != 0)
		skip();
	make_file("a/tool", 0755);
	make_file("b/tool", 0755);
	expand("@/a/tool", place, wanted);
	for (size_t i = 0; i < COUNT(directories); i++) {
		struct bytes which = {(const char *)&i, sizeof(i)};

		assert_int_equal(chown("a", directories[i].user, directories[i].group), 0);
		assert_int_equal(chmod("a", directories[i].mode), 0);
		set_path("@/a", place);
		assert_case(which, spawn_find("tool", NULL, found, sizeof(found)),
			directories[i].is_safe ? 0 : -EPERM);
		assert_text(found, wanted);
		set_path("@/a:@/b", place);
		check_find(NULL, directories[i].is_safe ? "@/a/tool" : "@/b/tool", place);
		/* What is beside us is as safe as we are. */
		check_find("@/a", "@/a/tool", place);
	}
	assert_int_equal(chown("a", 0, 0), 0);
	assert_int_equal(chmod("a", 0755), 0);
	assert_int_equal(mkdir("c/d", 0755), 0);
	make_file("c/d/tool", 0755);
	set_path("@/c/d:@/a", place);
	check_find(NULL, "@/c/d/tool", place);
	assert_int_equal(chmod("c", 0777), 0);
	check_find(NULL, "@/a/tool", place);
	assert_int_equal(chmod("c", 01777), 0);
	check_find(NULL, "@/c/d/tool", place);
	remove("c/d/tool");
	remove("c/d");
}

/* With PATH "@/a:@/b", of which b is safe. */
static void check_safe(bool is_safe, const struct place *place)
{
	set_path("@/a:@/b", place);
	check_find(NULL, is_safe ? "@/a/tool" : "@/b/tool", place);
}
#define check_safe(...) UNIT_AT(check_safe(__VA_ARGS__))

static void root_runs_no_program_that_others_could_have_written(void **state)
{
	static const struct {
		mode_t mode;
		uid_t user;
		gid_t group;
		bool is_safe;
	} files[] = {
		{0755, 0, 0, true},
		{0775, 0, 0, true},
		{0755, 0, 65534, true},
		{0775, 0, 65534, false},
		{0757, 0, 0, false},
		{0755, 65534, 0, false},
	};

	if (geteuid() != 0)
		skip();
	make_file("a/real", 0755);
	make_file("b/tool", 0755);
	for (int is_link = 0; is_link < 2; is_link++) {
		for (size_t i = 0; i < COUNT(files); i++) {
			remove("a/tool");
			make_file("a/tool", 0755);
			if (is_link) {
				assert_int_equal(rename("a/tool", "a/real"), 0);
				assert_int_equal(symlink("real", "a/tool"), 0);
			}
			assert_int_equal(chown("a/tool", files[i].user, files[i].group), 0);
			assert_int_equal(chmod("a/tool", files[i].mode), 0);
			check_safe(files[i].is_safe, *state);
		}
	}
}

/* `c`, which holds a link, may be written to as `mode` says. */
static void check_links(mode_t mode, bool is_safe, const struct place *place)
{
	char absolute[OS_PATH_MAX];

	assert_int_equal(chmod("c", mode), 0);
	/* A directory on PATH behind a link, a program behind one, a link behind a link. */
	assert_int_equal(symlink("../a", "c/link"), 0);
	set_path("@/c/link:@/b", place);
	check_find(NULL, is_safe ? "@/c/link/tool" : "@/b/tool", place);
	set_path("@/c/../a:@/b", place);
	check_find(NULL, mode == 0777 ? "@/b/tool" : "@/c/../a/tool", place);
	assert_int_equal(rename("a/tool", "a/real"), 0);
	assert_int_equal(symlink("../c/link/real", "a/tool"), 0);
	check_safe(is_safe, place);
	remove("a/tool");
	expand("@/c/link/./real", place, absolute);
	assert_int_equal(symlink(absolute, "a/tool"), 0);
	check_safe(is_safe, place);
	assert_int_equal(rename("a/real", "a/tool"), 0);
	remove("c/link");
	assert_int_equal(chmod("c", 0755), 0);
}
#define check_links(...) UNIT_AT(check_links(__VA_ARGS__))

static void root_follows_no_link_that_others_could_have_put_there(void **state)
{
	if (geteuid() != 0)
		skip();
	make_file("a/tool", 0755);
	make_file("b/tool", 0755);
	check_links(0755, true, *state);
	check_links(0777, false, *state);
	check_links(01777, false, *state);
}

static void a_tool_is_looked_for_where_the_systems_keep_it_too(void **state)
{
	char places[OS_PATH_MAX];
	char found[OS_PATH_MAX];
	char wanted[OS_PATH_MAX];

	expand("@/b:@/c", *state, places);
	set_path("@/a", *state);
	assert_int_equal(spawn_find_tool("tool", places, found, sizeof(found)), -ENOENT);
	assert_int_equal(spawn_find_tool("tool", NULL, found, sizeof(found)), -ENOENT);
	make_file("c/tool", 0755);
	expand("@/c/tool", *state, wanted);
	assert_int_equal(spawn_find_tool("tool", places, found, sizeof(found)), 0);
	assert_text(found, wanted);
	make_file("a/tool", 0755);
	expand("@/a/tool", *state, wanted);
	assert_int_equal(spawn_find_tool("tool", places, found, sizeof(found)), 0);
	assert_text(found, wanted);
}

static void root_runs_no_tool_that_others_could_have_put_there(void **state)
{
	char places[OS_PATH_MAX];
	char found[OS_PATH_MAX];
	char wanted[OS_PATH_MAX];

	if (geteuid() != 0)
		skip();
	expand("@/b:@/c", *state, places);
	set_path("@/a", *state);
	make_file("b/tool", 0755);
	assert_int_equal(chmod("b", 0777), 0);
	expand("@/b/tool", *state, wanted);
	assert_int_equal(spawn_find_tool("tool", places, found, sizeof(found)), -EPERM);
	assert_text(found, wanted);
	make_file("a/tool", 0757);
	expand("@/a/tool", *state, wanted);
	assert_int_equal(spawn_find_tool("tool", NULL, found, sizeof(found)), -EPERM);
	assert_text(found, wanted);
	make_file("c/tool", 0755);
	expand("@/c/tool", *state, wanted);
	assert_int_equal(spawn_find_tool("tool", places, found, sizeof(found)), 0);
	assert_text(found, wanted);
}

static void a_path_that_does_not_fit_is_passed_over(void **state)
{
	char wanted[OS_PATH_MAX];
	char found[OS_PATH_MAX];
	size_t size;

	make_file("a/tool", 0700);
	set_path("@/a", *state);
	expand("@/a/tool", *state, wanted);
	size = strlen(wanted) + 1;
	found[size] = '!';
	assert_int_equal(spawn_find("tool", NULL, found, size), 0);
	assert_text(found, wanted);
	assert_int_equal(found[size], '!');
	assert_int_equal(spawn_find("tool", NULL, found, size - 1), -ENOENT);
	assert_int_equal(spawn_find("tool", NULL, found, 1), -ENOENT);
}

#define in_a_place(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(a_program_is_taken_from_beside_us_first_then_along_path),
		in_a_place(a_program_in_the_current_directory_is_never_run),
		in_a_place(what_cannot_be_run_is_passed_over),
		in_a_place(a_link_to_a_program_is_one_and_a_broken_link_is_none),
		in_a_place(without_a_path_only_the_place_beside_us_counts),
		in_a_place(root_runs_nothing_that_others_could_have_put_there),
		in_a_place(root_runs_no_program_that_others_could_have_written),
		in_a_place(root_follows_no_link_that_others_could_have_put_there),
		in_a_place(a_tool_is_looked_for_where_the_systems_keep_it_too),
		in_a_place(root_runs_no_tool_that_others_could_have_put_there),
		in_a_place(a_path_that_does_not_fit_is_passed_over),
	};

	return cmocka_run_group_tests_name("spawn_find", tests, NULL, NULL);
}
