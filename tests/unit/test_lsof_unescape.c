#include "lsof/lsof_fields.h"

#include "unit.h"

const char program_name[] = "test";

struct escape {
	struct bytes escaped;
	struct bytes name;
};

static void check(const struct escape *which)
{
	char *alone = unit_alone(which->escaped);
	struct buffer name = {0};

	assert_int_equal(buffer_reserve(&name, 1), 0);
	assert_int_equal(lsof_unescape(&name, (struct bytes){alone, which->escaped.length}), 0);
	assert_bytes(buffer_bytes(&name), which->name);
	buffer_release(&name);
	free(alone);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(a_name_comes_as_the_process_has_it)
{
	static const struct escape names[] = {
		{TEXT(""), TEXT("")},
		{TEXT("node"), TEXT("node")},
		{TEXT("Code\\x20Helper\\x20(Plugin)"), TEXT("Code Helper (Plugin)")},
		{TEXT("Code Helper (Plugin)"), TEXT("Code Helper (Plugin)")},
		{TEXT("caf\\xc3\\xa9"), TEXT("caf\xc3\xa9")},
		{TEXT("caf\xc3\xa9"), TEXT("caf\xc3\xa9")},
		{TEXT("\\xFF\\xfe\\x7f"), TEXT("\xff\xfe\x7f")},
		{TEXT("\\x00"), TEXT("\0")},
		{TEXT("back\\\\slash"), TEXT("back\\slash")},
		{TEXT("\\b\\f\\n\\r\\t"), TEXT("\b\f\n\r\t")},
		{TEXT("esc^[[1m"), TEXT("esc\x1b[1m")},
		{TEXT("^@^A^Z^[^\\^]^^^_"), TEXT("\0\x01\x1a\x1b\x1c\x1d\x1e\x1f")},
	};

	for (size_t i = 0; i < COUNT(names); i++)
		check(&names[i]);
}

/* An escape's bytes must not begin another one, or a name could pass for a different one. */
TEST(an_escape_is_undone_once)
{
	static const struct escape names[] = {
		{TEXT("\\\\x41"), TEXT("\\x41")},
		{TEXT("\\\\n"), TEXT("\\n")},
		{TEXT("\\\\\\\\"), TEXT("\\\\")},
		{TEXT("\\\\\\n"), TEXT("\\\n")},
		{TEXT("\\x5cn"), TEXT("\\n")},
		{TEXT("\\x5e@"), TEXT("^@")},
		{TEXT("^^A"),
			TEXT("\x1e"
			     "A")},
	};

	for (size_t i = 0; i < COUNT(names); i++)
		check(&names[i]);
}

TEST(what_is_no_escape_stays_as_it_is)
{
	static const struct escape names[] = {
		{TEXT("\\"), TEXT("\\")},
		{TEXT("a\\"), TEXT("a\\")},
		{TEXT("\\x"), TEXT("\\x")},
		{TEXT("\\x4"), TEXT("\\x4")},
		{TEXT("\\x4g"), TEXT("\\x4g")},
		{TEXT("\\xg4"), TEXT("\\xg4")},
		{TEXT("\\x 4"), TEXT("\\x 4")},
		{TEXT("\\X41"), TEXT("\\X41")},
		{TEXT("\\a\\v\\0\\101"), TEXT("\\a\\v\\0\\101")},
		{TEXT("\\\0"), TEXT("\\\0")},
		{TEXT("\\x\\x41"), TEXT("\\xA")},
		{TEXT("^"), TEXT("^")},
		{TEXT("a^"), TEXT("a^")},
		{TEXT("^a^z^1^?^ ^\xc3"), TEXT("^a^z^1^?^ ^\xc3")},
	};

	for (size_t i = 0; i < COUNT(names); i++)
		check(&names[i]);
}

TEST(each_byte_that_lsof_escapes_comes_back)
{
	for (unsigned byte = 0; byte < 0x100; byte++) {
		char hexadecimal[8];
		char caret[] = {'^', (char)(byte + '@')};
		char name[] = {(char)byte};

		snprintf(hexadecimal, sizeof(hexadecimal), "\\x%02x", byte);
		check(&(struct escape){bytes_of(hexadecimal), {name, 1}});
		if (byte < ' ')
			check(&(struct escape){{caret, 2}, {name, 1}});
	}
}

TEST(a_name_is_appended_to_what_is_there)
{
	struct buffer name = {0};

	assert_int_equal(buffer_append(&name, "a ", 2), 0);
	assert_int_equal(lsof_unescape(&name, bytes_of("b\\x20c")), 0);
	assert_int_equal(lsof_unescape(&name, (struct bytes){0}), 0);
	assert_bytes(buffer_bytes(&name), BYTES("a b c"));
	buffer_release(&name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_comes_as_the_process_has_it),
		cmocka_unit_test(an_escape_is_undone_once),
		cmocka_unit_test(what_is_no_escape_stays_as_it_is),
		cmocka_unit_test(each_byte_that_lsof_escapes_comes_back),
		cmocka_unit_test(a_name_is_appended_to_what_is_there),
	};

	return cmocka_run_group_tests_name("lsof_unescape", tests, NULL, NULL);
}
