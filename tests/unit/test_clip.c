#include "clip.h"

#include "base/text.h"
#include "unit.h"

const char program_name[] = "test";

#define MARK "\xe2\x80\xa6"
#define WIDE "\xe6\x97\xa5"

static void check_clip(struct bytes line, size_t columns, struct bytes expected)
{
	struct buffer text = {0};

	assert_int_equal(buffer_append_text(&text, "a line before\n"), 0);
	assert_int_equal(buffer_append(&text, line.data, line.length), 0);
	assert_int_equal(clip(&text, 14, columns), 0);
	assert_bytes(((struct bytes){text.data, 14}), BYTES("a line before\n"));
	assert_bytes(bytes_skip(buffer_bytes(&text), 14), expected);
	buffer_release(&text);
}
#define check_clip(...) UNIT_AT(check_clip(__VA_ARGS__))

TEST(a_line_that_has_room_stays_whole)
{
	check_clip(BYTES(""), 1, BYTES(""));
	check_clip(BYTES("a"), 1, BYTES("a"));
	check_clip(BYTES("abc"), 3, BYTES("abc"));
	check_clip(BYTES("abc"), 80, BYTES("abc"));
	check_clip(BYTES(WIDE WIDE), 4, BYTES(WIDE WIDE));
	check_clip(BYTES("e\xcc\x81"), 1, BYTES("e\xcc\x81"));
}

TEST(the_last_column_of_a_line_that_is_cut_says_so)
{
	check_clip(BYTES("abcd"), 3, BYTES("ab" MARK));
	check_clip(BYTES("abcd"), 2, BYTES("a" MARK));
	check_clip(BYTES("abcd"), 1, BYTES(MARK));
	check_clip(BYTES("a  b"), 3, BYTES("a " MARK));
}

TEST(no_wide_character_is_split_and_none_loses_its_accent)
{
	check_clip(BYTES(WIDE WIDE), 3, BYTES(WIDE MARK));
	check_clip(BYTES(WIDE WIDE WIDE), 4, BYTES(WIDE " " MARK));
	check_clip(BYTES(WIDE), 1, BYTES(MARK));
	check_clip(BYTES("ae\xcc\x81zz"), 3, BYTES("ae\xcc\x81" MARK));
}

TEST(a_cut_line_is_as_wide_as_the_terminal_whatever_is_in_it)
{
	static const char line[] = "a" WIDE "\xcc\x81" WIDE "b\xc3\xa9 \xf0\x9f\x98\x80" WIDE "c";
	size_t whole = text_width(bytes_of(line));

	for (size_t columns = 1; columns < whole; columns++) {
		struct buffer text = {0};

		assert_int_equal(buffer_append_text(&text, line), 0);
		assert_int_equal(clip(&text, 0, columns), 0);
		assert_int_equal(text_width(buffer_bytes(&text)), columns);
		assert_true(bytes_end_with(buffer_bytes(&text), bytes_of(MARK)));
		buffer_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_has_room_stays_whole),
		cmocka_unit_test(the_last_column_of_a_line_that_is_cut_says_so),
		cmocka_unit_test(no_wide_character_is_split_and_none_loses_its_accent),
		cmocka_unit_test(a_cut_line_is_as_wide_as_the_terminal_whatever_is_in_it),
	};

	return cmocka_run_group_tests_name("clip", tests, NULL, NULL);
}
