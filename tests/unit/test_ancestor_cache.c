#include "why/ancestor_cache.h"

#include <sys/stat.h>

#include "unit.h"

const char program_name[] = "test";

enum { LAST = 9 }; /* the highest pid of the capture */

/* A capture of a few processes, made anew for each test. */
struct place {
	char path[64];
	struct os_directory root;
	struct process_source source;
	struct ancestor_cache cache;
};

/* A process that was started by another one at a time. */
static void write_process(const struct place *place, int pid, int parent, int start)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/proc/%d", place->path, pid);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/proc/%d/stat", place->path, pid);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%d (sh) S %d 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0\n", pid, parent,
		start);
	assert_int_equal(fclose(file), 0);
}
#define write_process(...) UNIT_AT(write_process(__VA_ARGS__))

static void remove_process(const struct place *place, int pid)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/proc/%d/stat", place->path, pid);
	remove(path);
	snprintf(path, sizeof(path), "%s/proc/%d", place->path, pid);
	remove(path);
}

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	char path[128];

	assert_non_null(place);
	snprintf(place->path, sizeof(place->path), "/tmp/pf-ancestry-XXXXXX");
	assert_non_null(mkdtemp(place->path));
	snprintf(path, sizeof(path), "%s/proc", place->path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(os_directory_open(&place->root, NULL, place->path), 0);
	place->source = (struct process_source){.root = &place->root};
	place->cache = (struct ancestor_cache){.source = &place->source};
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;
	char path[128];

	ancestor_cache_release(&place->cache);
	os_directory_close(&place->root);
	for (int pid = 1; pid <= LAST; pid++)
		remove_process(place, pid);
	snprintf(path, sizeof(path), "%s/proc", place->path);
	assert_int_equal(remove(path), 0);
	assert_int_equal(remove(place->path), 0);
	free(place);
	return 0;
}

static struct cached_ancestor *parent_of(struct place *place, int64_t pid)
{
	struct process_facts facts;
	struct cached_ancestor *parent;

	assert_int_equal(process_facts_read(&place->source, pid, &facts), 0);
	assert_int_equal(ancestor_cache_find_parent(&place->cache, &facts, &parent), 0);
	process_facts_release(&facts);
	return parent;
}

static struct cached_ancestor *next_of(struct place *place, struct cached_ancestor *child)
{
	struct cached_ancestor *parent;

	assert_int_equal(ancestor_cache_next(&place->cache, child, &parent), 0);
	return parent;
}

TEST(what_many_have_been_started_by_is_read_once)
{
	struct place *place = *state;
	struct cached_ancestor *five;

	write_process(place, 1, 0, 1);
	write_process(place, 5, 1, 50);
	write_process(place, 7, 5, 70);
	write_process(place, 8, 5, 80);
	five = parent_of(place, 7);
	assert_non_null(five);
	assert_int_equal(five->facts.pid, 5);
	assert_int_equal(next_of(place, five)->facts.pid, 1);
	assert_null(next_of(place, next_of(place, five)));
	remove_process(place, 5);
	remove_process(place, 1);
	assert_ptr_equal(parent_of(place, 8), five);
	assert_int_equal(next_of(place, five)->facts.pid, 1);
}

TEST(a_pid_that_came_after_its_child_is_another_processs)
{
	struct place *place = *state;

	write_process(place, 5, 1, 75);
	write_process(place, 7, 5, 70);
	write_process(place, 8, 5, 80);
	assert_null(parent_of(place, 7));
	assert_int_equal(parent_of(place, 8)->facts.pid, 5);
	assert_null(parent_of(place, 7));
}

TEST(a_parent_that_is_not_there_is_none)
{
	struct place *place = *state;

	write_process(place, 7, 5, 70);
	write_process(place, 8, 0, 80);
	assert_null(parent_of(place, 7));
	assert_null(parent_of(place, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_many_have_been_started_by_is_read_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_pid_that_came_after_its_child_is_another_processs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_parent_that_is_not_there_is_none, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
