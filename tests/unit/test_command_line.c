#include "formats/command_line.h"
#include "unit.h"

const char program_name[] = "test";

static void assert_line(const char *const argv[], const char *expected)
{
	struct buffer line = {0};

	assert_int_equal(command_line_append(&line, argv), 0);
	assert_bytes(buffer_bytes(&line), bytes_of(expected));
	buffer_release(&line);
}
#define assert_line(...) UNIT_AT(assert_line(__VA_ARGS__))

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

TEST(the_name_of_a_program_is_split_by_rules_of_its_own)
{
	assert_line((const char *const[]){"C:\\my dir\\", "a b\\", NULL},
		"\"C:\\my dir\\\" \"a b\\\\\"");
	assert_line((const char *const[]){"", "x", NULL}, "\"\" x");
}

TEST(what_a_shell_would_expand_is_nothing_special)
{
	assert_line((const char *const[]){"pf", "%PATH%", "*", "a&b|c>d^e", NULL},
		"pf %PATH% * a&b|c>d^e");
}

static const struct {
	struct bytes line;
	struct bytes arguments;
} lines[] = {
	/* Of "Parsing C command-line arguments". */
	{TEXT("x \"abc\" d e"), TEXT("x\0abc\0d\0e\0")},
	{TEXT("x a\\\\b d\"e f\"g h"), TEXT("x\0a\\\\b\0de fg\0h\0")},
	{TEXT("x a\\\\\\\"b c d"), TEXT("x\0a\\\"b\0c\0d\0")},
	{TEXT("x a\\\\\\\\\"b c\" d e"), TEXT("x\0a\\\\b c\0d\0e\0")},
	{TEXT("x a\"b\"\" c d"), TEXT("x\0ab\" c d\0")},
	/* The program. */
	{TEXT("\"C:\\Program Files\\x\\\" a"), TEXT("C:\\Program Files\\x\\\0a\0")},
	{TEXT("C:\\\"Program Files\"\\x.exe a"), TEXT("C:\\Program Files\\x.exe\0a\0")},
	{TEXT("\"C:\\never closed a b"), TEXT("C:\\never closed a b\0")},
	{TEXT("x"), TEXT("x\0")},
	{TEXT(" x"), TEXT("\0x\0")},
	{TEXT("\"\" x"), TEXT("\0x\0")},
	/* What is between arguments, and what isn't. */
	{TEXT("x\ta \t b\t "), TEXT("x\0a\0b\0")},
	{TEXT("x a\nb\vc"), TEXT("x\0a\nb\vc\0")},
	{TEXT("x \"\" \"\"\"\""), TEXT("x\0\0\"\0")},
	{TEXT("x \"\"\""), TEXT("x\0\"\0")},
	{TEXT("x \"\"a b\"\""), TEXT("x\0a\0b\0")},
	{TEXT("x \"never closed a"), TEXT("x\0never closed a\0")},
	{TEXT("x \\"), TEXT("x\0\\\0")},
	{TEXT("x \\\\"), TEXT("x\0\\\\\0")},
	{TEXT("x \\\\ a"), TEXT("x\0\\\\\0a\0")},
	{TEXT("x \\\""), TEXT("x\0\"\0")},
	{TEXT("x \"a\\\\\" b"), TEXT("x\0a\\\0b\0")},
	{TEXT("x \"a\\\\\"\" b"), TEXT("x\0a\\\" b\0")},
	{TEXT("x \303\266\" \"\303\274"), TEXT("x\0\303\266 \303\274\0")},
};

TEST(arguments_are_split_as_their_program_takes_them)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct buffer arguments = {0};
		char *alone = unit_alone(lines[i].line);
		struct bytes line = {alone, lines[i].line.length};

		assert_int_equal(command_line_split(line, &arguments), 0);
		assert_bytes(buffer_bytes(&arguments), lines[i].arguments);
		buffer_release(&arguments);
		free(alone);
	}
}

TEST(an_empty_line_has_no_arguments)
{
	struct buffer arguments = {0};

	assert_int_equal(command_line_split(BYTES(""), &arguments), 0);
	assert_int_equal(arguments.length, 0);
	buffer_release(&arguments);
}

TEST(what_was_quoted_is_split_again)
{
	static const char *const texts[] = {"a", "", "a b", "\"", "\\", "\\\"", "a\\", "a\\ b",
		"a b\\", "\\\\\"\"\\", "\t", "a\nb", "%PATH% ^ * '", "\"a b\" c"};

	for (size_t i = 0; i < COUNT(texts); i++) {
		for (size_t j = 0; j < COUNT(texts); j++) {
			const char *const argv[] = {"C:\\my dir\\x.exe", texts[i], texts[j], NULL};
			struct buffer line = {0};
			struct buffer arguments = {0};
			struct buffer expected = {0};

			for (size_t k = 0; argv[k]; k++)
				assert_int_equal(
					buffer_append(&expected, argv[k], strlen(argv[k]) + 1), 0);
			assert_int_equal(command_line_append(&line, argv), 0);
			assert_int_equal(command_line_split(buffer_bytes(&line), &arguments), 0);
			assert_bytes(buffer_bytes(&arguments), buffer_bytes(&expected));
			buffer_release(&line);
			buffer_release(&arguments);
			buffer_release(&expected);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_words_stay_as_they_are),
		cmocka_unit_test(an_argument_with_blanks_stays_one),
		cmocka_unit_test(an_empty_argument_is_not_lost),
		cmocka_unit_test(a_quotation_mark_does_not_end_an_argument),
		cmocka_unit_test(backslashes_are_doubled_only_before_a_quotation_mark),
		cmocka_unit_test(the_name_of_a_program_is_split_by_rules_of_its_own),
		cmocka_unit_test(what_a_shell_would_expand_is_nothing_special),
		cmocka_unit_test(arguments_are_split_as_their_program_takes_them),
		cmocka_unit_test(an_empty_line_has_no_arguments),
		cmocka_unit_test(what_was_quoted_is_split_again),
	};

	return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
