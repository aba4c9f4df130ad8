#include "why/process_map.h"

#include "unit.h"

const char program_name[] = "test";

TEST(a_process_is_found_by_its_pid_and_its_start)
{
	struct process_map map = {0};
	char values[3];

	assert_null(process_map_find(&map, 7, 100));
	assert_int_equal(process_map_put(&map, 7, 100, &values[0]), 0);
	assert_int_equal(process_map_put(&map, 7, 200, &values[1]), 0);
	assert_int_equal(process_map_put(&map, 8, -1, &values[2]), 0);
	assert_ptr_equal(process_map_find(&map, 7, 100), &values[0]);
	assert_ptr_equal(process_map_find(&map, 7, 200), &values[1]);
	assert_ptr_equal(process_map_find(&map, 8, -1), &values[2]);
	assert_null(process_map_find(&map, 8, 100));
	assert_null(process_map_find(&map, 9, 100));
	process_map_release(&map);
}

TEST(what_comes_later_replaces_what_was_there)
{
	struct process_map map = {0};
	char values[2];

	assert_int_equal(process_map_put(&map, 7, -1, &values[0]), 0);
	assert_int_equal(process_map_put(&map, 7, -1, &values[1]), 0);
	assert_ptr_equal(process_map_find(&map, 7, -1), &values[1]);
	assert_int_equal(map.count, 1);
	process_map_release(&map);
}

TEST(many_processes_are_all_found_whatever_their_pids)
{
	enum { MANY = 100000 };
	static const int64_t steps[] = {1, 4, 65536, (int64_t)1 << 32};
	static char values[MANY];

	for (size_t i = 0; i < COUNT(steps); i++) {
		struct process_map map = {0};

		for (int64_t j = 0; j < MANY; j++)
			assert_int_equal(process_map_put(&map, j * steps[i], j, &values[j]), 0);
		for (int64_t j = 0; j < MANY; j++)
			assert_ptr_equal(process_map_find(&map, j * steps[i], j), &values[j]);
		process_map_release(&map);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_found_by_its_pid_and_its_start),
		cmocka_unit_test(what_comes_later_replaces_what_was_there),
		cmocka_unit_test(many_processes_are_all_found_whatever_their_pids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
