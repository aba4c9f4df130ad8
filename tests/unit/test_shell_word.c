#include "base/shell_word.h"

#include "unit.h"

const char program_name[] = "test";

static void check_word(struct bytes word, struct bytes expected)
{
	char *alone = unit_alone(word);
	struct buffer text = {0};

	assert_int_equal(buffer_append_byte(&text, '>'), 0);
	assert_int_equal(shell_word_append(&text, (struct bytes){alone, word.length}), 0);
	assert_int_equal(text.data[0], '>');
	assert_bytes(bytes_skip(buffer_bytes(&text), 1), expected);
	buffer_release(&text);
	free(alone);
}
#define check_word(...) UNIT_AT(check_word(__VA_ARGS__))

TEST(a_word_that_a_shell_takes_as_it_is_has_no_quotes)
{
	static const struct bytes words[] = {
		TEXT("node"),
		TEXT("/usr/bin/node"),
		TEXT("--port=3000"),
		TEXT("0.0.0.0:8000"),
		TEXT("getty@tty1.service"),
		TEXT("a,b+c%d_e"),
		TEXT("-"),
	};

	for (size_t i = 0; i < COUNT(words); i++)
		check_word(words[i], words[i]);
}

TEST(an_empty_word_is_still_a_word)
{
	check_word(BYTES(""), BYTES("''"));
}

TEST(what_a_shell_would_read_is_quoted)
{
	static const struct {
		struct bytes word;
		struct bytes expected;
	} words[] = {
		{TEXT("a b"), TEXT("'a b'")},
		{TEXT(" "), TEXT("' '")},
		{TEXT("it's"), TEXT("'it'\\''s'")},
		{TEXT("'"), TEXT("''\\'''")},
		{TEXT("$HOME"), TEXT("'$HOME'")},
		{TEXT("`id`"), TEXT("'`id`'")},
		{TEXT("a;b"), TEXT("'a;b'")},
		{TEXT("a&b|c"), TEXT("'a&b|c'")},
		{TEXT("~"), TEXT("'~'")},
		{TEXT("*.js"), TEXT("'*.js'")},
		{TEXT("{1,2}"), TEXT("'{1,2}'")},
		{TEXT("#"), TEXT("'#'")},
		{TEXT("!1"), TEXT("'!1'")},
		{TEXT("^a"), TEXT("'^a'")},
		{TEXT("shop\\x2dapi.service"), TEXT("'shop\\x2dapi.service'")},
		{TEXT("a\nb"), TEXT("'a\nb'")},
		{TEXT("a\0b"), TEXT("'a\0b'")},
		{TEXT("caf\xc3\xa9"), TEXT("'caf\xc3\xa9'")},
		{TEXT("\xff"), TEXT("'\xff'")},
	};

	for (size_t i = 0; i < COUNT(words); i++)
		check_word(words[i].word, words[i].expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_that_a_shell_takes_as_it_is_has_no_quotes),
		cmocka_unit_test(an_empty_word_is_still_a_word),
		cmocka_unit_test(what_a_shell_would_read_is_quoted),
	};

	return cmocka_run_group_tests_name("shell_word", tests, NULL, NULL);
}
