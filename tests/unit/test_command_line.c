#include "command_line.h"
#include "unit.h"

const char program_name[] = "test";

static void assert_line(const char *const argv[], const char *expected)
{
	struct buffer line = {0};

	assert_int_equal(command_line_append(&line, argv), 0);
	assert_bytes(buffer_bytes(&line), bytes_of(expected));
	buffer_release(&line);
}

TEST(plain_words_stay_as_they_are)
{
	assert_line((const char *const[]){"pf-resolve", NULL}, "pf-resolve");
	assert_line((const char *const[]){"pf", "--replay", "C:\\x\\y", "/z", NULL},
		"pf --replay C:\\x\\y /z");
}

TEST(an_argument_with_blanks_stays_one)
{
	assert_line((const char *const[]){"pf", "a b", "c\td", "e\nf", "g\vh", NULL},
		"pf \"a b\" \"c\td\" \"e\nf\" \"g\vh\"");
}

TEST(an_empty_argument_is_not_lost)
{
	assert_line((const char *const[]){"pf", "", "x", NULL}, "pf \"\" x");
}

TEST(a_quotation_mark_does_not_end_an_argument)
{
	assert_line((const char *const[]){"pf", "a\"b", NULL}, "pf \"a\\\"b\"");
	assert_line((const char *const[]){"pf", "\"", NULL}, "pf \"\\\"\"");
}

TEST(backslashes_are_doubled_only_before_a_quotation_mark)
{
	assert_line((const char *const[]){"pf", "a\\b c", NULL}, "pf \"a\\b c\"");
	assert_line((const char *const[]){"pf", "a\\\\\"b", NULL}, "pf \"a\\\\\\\\\\\"b\"");
	assert_line((const char *const[]){"pf", "C:\\my dir\\", NULL}, "pf \"C:\\my dir\\\\\"");
	assert_line((const char *const[]){"pf", "\\\\", NULL}, "pf \\\\");
}

TEST(what_a_shell_would_expand_is_nothing_special)
{
	assert_line((const char *const[]){"pf", "%PATH%", "*", "a&b|c>d^e", NULL},
		"pf %PATH% * a&b|c>d^e");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words_stay_as_they_are),
		cmocka_unit_test(an_argument_with_blanks_stays_one),
		cmocka_unit_test(an_empty_argument_is_not_lost),
		cmocka_unit_test(a_quotation_mark_does_not_end_an_argument),
		cmocka_unit_test(backslashes_are_doubled_only_before_a_quotation_mark),
		cmocka_unit_test(what_a_shell_would_expand_is_nothing_special),
	};

	return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
