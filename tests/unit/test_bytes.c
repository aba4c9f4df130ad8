#include <errno.h>

#include "base/buffer.h"
#include "unit.h"

const char program_name[] = "test";

TEST(each_part_of_a_line_is_cut_off_once)
{
	struct bytes rest = bytes_of("a::bc:");

	assert_bytes(bytes_cut(&rest, ':'), BYTES("a"));
	assert_bytes(rest, BYTES(":bc:"));
	assert_bytes(bytes_cut(&rest, ':'), BYTES(""));
	assert_bytes(bytes_cut(&rest, ':'), BYTES("bc"));
	assert_bytes(rest, BYTES(""));
	assert_bytes(bytes_cut(&rest, ':'), BYTES(""));
	assert_null(rest.data);
	assert_bytes(bytes_cut(&rest, ':'), ((struct bytes){0}));
	assert_null(rest.data);
}

TEST(the_last_part_of_a_path_is_what_follows_its_last_separator)
{
	assert_bytes(bytes_last_part(BYTES("/usr/bin/node"), '/'), BYTES("node"));
	assert_bytes(bytes_last_part(BYTES("node"), '/'), BYTES("node"));
	assert_bytes(bytes_last_part(BYTES("/usr/bin/"), '/'), BYTES(""));
	assert_bytes(bytes_last_part(BYTES(""), '/'), BYTES(""));
	assert_bytes(bytes_last_part((struct bytes){0}, '/'), (struct bytes){0});
}

TEST(a_nul_does_not_end_a_text)
{
	struct bytes rest = BYTES("a\0b\0:c");

	assert_bytes(bytes_cut(&rest, ':'), BYTES("a\0b\0"));
	assert_bytes(bytes_cut(&rest, '\0'), BYTES("c"));
	assert_true(bytes_equal(BYTES("a\0b"), BYTES("a\0b")));
	assert_false(bytes_equal(BYTES("a\0b"), BYTES("a\0c")));
	assert_false(bytes_equal(BYTES("a"), BYTES("a\0")));
}

TEST(a_prefix_is_compared_whole)
{
	assert_true(bytes_begin_with(BYTES("node"), BYTES("")));
	assert_true(bytes_begin_with(BYTES("node"), BYTES("no")));
	assert_true(bytes_begin_with(BYTES("node"), BYTES("node")));
	assert_false(bytes_begin_with(BYTES("node"), BYTES("nodes")));
	assert_false(bytes_begin_with(BYTES("node"), BYTES("ode")));
	assert_true(bytes_begin_with((struct bytes){0}, (struct bytes){0}));
	assert_false(bytes_begin_with((struct bytes){0}, BYTES("n")));
}

TEST(skipped_bytes_are_gone)
{
	assert_bytes(bytes_skip(BYTES("node"), 0), BYTES("node"));
	assert_bytes(bytes_skip(BYTES("node"), 3), BYTES("e"));
	assert_bytes(bytes_skip(BYTES("node"), 4), BYTES(""));
}

TEST(a_buffer_keeps_all_that_was_appended)
{
	struct buffer buffer = {0};

	assert_int_equal(buffer_append(&buffer, "a\0b", 3), 0);
	assert_int_equal(buffer_append(&buffer, NULL, 0), 0);
	assert_int_equal(buffer_append_text(&buffer, "cd"), 0);
	assert_int_equal(buffer_append_text(&buffer, ""), 0);
	assert_int_equal(buffer_append_byte(&buffer, '\0'), 0);
	assert_int_equal(buffer_append_blanks(&buffer, 2), 0);
	assert_int_equal(buffer_append_blanks(&buffer, 0), 0);
	assert_int_equal(buffer_append_byte(&buffer, '\xff'), 0);
	assert_bytes(buffer_bytes(&buffer), BYTES("a\0bcd\0  \xff"));
	buffer_release(&buffer);
}

TEST(a_buffer_keeps_its_content_while_it_grows)
{
	struct buffer buffer = {0};

	for (size_t i = 0; i < 100000; i++)
		assert_int_equal(buffer_append_byte(&buffer, (char)(i % 251)), 0);
	assert_int_equal(buffer.length, 100000);
	for (size_t i = 0; i < 100000; i++)
		assert_int_equal(buffer.data[i], (char)(i % 251));
	buffer_release(&buffer);
}

TEST(reserved_room_is_there)
{
	static const size_t sizes[] = {0, 1, 255, 256, 257, 4096, 1000003};

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct buffer buffer = {0};

		assert_int_equal(buffer_append_text(&buffer, "kept"), 0);
		assert_int_equal(buffer_reserve(&buffer, sizes[i]), 0);
		assert_true(buffer.capacity - buffer.length >= sizes[i]);
		memset(buffer.data + buffer.length, 'x', sizes[i]);
		assert_bytes(buffer_bytes(&buffer), BYTES("kept"));
		buffer_release(&buffer);
	}
}

TEST(an_impossible_length_is_enomem_and_loses_nothing)
{
	struct buffer buffer = {0};

	assert_int_equal(buffer_append_text(&buffer, "kept"), 0);
	assert_int_equal(buffer_reserve(&buffer, SIZE_MAX), -ENOMEM);
	assert_int_equal(buffer_reserve(&buffer, SIZE_MAX - 4), -ENOMEM);
	assert_int_equal(buffer_append_blanks(&buffer, SIZE_MAX), -ENOMEM);
	assert_bytes(buffer_bytes(&buffer), BYTES("kept"));
	buffer_release(&buffer);
}

TEST(a_released_buffer_can_be_used_again)
{
	struct buffer buffer = {0};

	assert_int_equal(buffer_append_text(&buffer, "old"), 0);
	buffer_release(&buffer);
	assert_null(buffer.data);
	assert_int_equal(buffer.length, 0);
	assert_int_equal(buffer_append_text(&buffer, "new"), 0);
	assert_bytes(buffer_bytes(&buffer), BYTES("new"));
	buffer_release(&buffer);
	buffer_release(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_of_a_line_is_cut_off_once),
		cmocka_unit_test(the_last_part_of_a_path_is_what_follows_its_last_separator),
		cmocka_unit_test(a_nul_does_not_end_a_text),
		cmocka_unit_test(a_prefix_is_compared_whole),
		cmocka_unit_test(skipped_bytes_are_gone),
		cmocka_unit_test(a_buffer_keeps_all_that_was_appended),
		cmocka_unit_test(a_buffer_keeps_its_content_while_it_grows),
		cmocka_unit_test(reserved_room_is_there),
		cmocka_unit_test(an_impossible_length_is_enomem_and_loses_nothing),
		cmocka_unit_test(a_released_buffer_can_be_used_again),
	};

	return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
