#include "why/ancestor_cache.h"

#include <sys/stat.h>

#include "unit.h"

const char program_name[] = "test";

enum { LAST = 9 }; /* the highest pid of the capture */

/* A capture of a few processes, made anew for each test. */
struct capture {
	char path[64];
	struct os_directory root;
	struct process_source source;
	struct ancestor_cache cache;
};

/* A process that was started by another one at a time. */
static void write_process(const struct capture *capture, int pid, int parent, int start)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/%d", capture->path, pid);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/proc/%d/stat", capture->path, pid);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%d (sh) S %d 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0\n", pid, parent,
		start);
	assert_int_equal(fclose(file), 0);
}
#define write_process(...) UNIT_AT(write_process(__VA_ARGS__))

static void remove_process(const struct capture *capture, int pid)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/proc/%d/stat", capture->path, pid);
	remove(path);
	snprintf(path, sizeof(path), "%s/proc/%d", capture->path, pid);
	remove(path);
}

static int set_up(void **state)
{
	struct capture *capture = calloc(1, sizeof(*capture));
	char path[128];

	assert_non_null(capture);
	snprintf(capture->path, sizeof(capture->path), "/tmp/pf-ancestors-XXXXXX");
	assert_non_null(mkdtemp(capture->path));
	snprintf(path, sizeof(path), "%s/proc", capture->path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(os_directory_open(&capture->root, NULL, capture->path), 0);
	capture->source = (struct process_source){.root = &capture->root};
	capture->cache = (struct ancestor_cache){.source = &capture->source};
	*state = capture;
	return 0;
}

static int tear_down(void **state)
{
	struct capture *capture = *state;
	char path[128];

	ancestor_cache_release(&capture->cache);
	os_directory_close(&capture->root);
	for (int pid = 1; pid <= LAST; pid++)
		remove_process(capture, pid);
	snprintf(path, sizeof(path), "%s/proc", capture->path);
	assert_int_equal(remove(path), 0);
	assert_int_equal(remove(capture->path), 0);
	free(capture);
	return 0;
}

static struct cached_ancestor *parent_of(struct capture *capture, int64_t pid)
{
	struct process_facts facts;
	struct cached_ancestor *parent;

	assert_int_equal(process_facts_read(&capture->source, pid, &facts), 0);
	assert_int_equal(ancestor_cache_find_parent(&capture->cache, &facts, &parent), 0);
	process_facts_release(&facts);
	return parent;
}

static struct cached_ancestor *next_of(struct capture *capture, struct cached_ancestor *child)
{
	struct cached_ancestor *parent;

	assert_int_equal(ancestor_cache_next(&capture->cache, child, &parent), 0);
	return parent;
}

TEST(shared_ancestors_are_read_once)
{
	struct capture *capture = *state;
	struct cached_ancestor *five;

	write_process(capture, 1, 0, 1);
	write_process(capture, 5, 1, 50);
	write_process(capture, 7, 5, 70);
	write_process(capture, 8, 5, 80);
	five = parent_of(capture, 7);
	assert_non_null(five);
	assert_int_equal(five->facts.pid, 5);
	assert_int_equal(next_of(capture, five)->facts.pid, 1);
	assert_null(next_of(capture, next_of(capture, five)));
	remove_process(capture, 5);
	remove_process(capture, 1);
	assert_ptr_equal(parent_of(capture, 8), five);
	assert_int_equal(next_of(capture, five)->facts.pid, 1);
}

TEST(a_parent_younger_than_its_child_is_another_process)
{
	struct capture *capture = *state;

	write_process(capture, 5, 1, 75);
	write_process(capture, 7, 5, 70);
	write_process(capture, 8, 5, 80);
	assert_null(parent_of(capture, 7));
	assert_int_equal(parent_of(capture, 8)->facts.pid, 5);
	assert_null(parent_of(capture, 7));
}

TEST(a_missing_parent_is_none)
{
	struct capture *capture = *state;

	write_process(capture, 7, 5, 70);
	write_process(capture, 8, 0, 80);
	assert_null(parent_of(capture, 7));
	assert_null(parent_of(capture, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shared_ancestors_are_read_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_parent_younger_than_its_child_is_another_process, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_parent_is_none, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
