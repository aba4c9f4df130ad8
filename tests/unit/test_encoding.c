#include <errno.h>

#include "base/encoding.h"
#include "unit.h"

const char program_name[] = "test";

static void assert_made(struct bytes given, struct bytes expected)
{
	struct buffer text = {0};

	assert_int_equal(buffer_append(&text, given.data, given.length), 0);
	assert_int_equal(encoding_make_utf8(&text), 0);
	assert_bytes(buffer_bytes(&text), expected);
	buffer_release(&text);
}
#define assert_made(...) UNIT_AT(assert_made(__VA_ARGS__))

TEST(utf16_of_either_order_becomes_utf8)
{
	assert_made(BYTES("\xff\xfeT\0C\0P\0\r\0\n\0"), BYTES("TCP\r\n"));
	assert_made(BYTES("\xfe\xff\0T\0C\0P\0\r\0\n"), BYTES("TCP\r\n"));
}

TEST(each_length_of_a_character_is_written)
{
	/* U+007F, U+0080, U+07FF, U+0800, U+FFFF, U+10000, U+10FFFF */
	assert_made(BYTES("\xff\xfe\x7f\0\x80\0\xff\x07\0\x08\xff\xff\0\xd8\0\xdc\xff\xdb\xff\xdf"),
		BYTES("\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf"
		      "\xbf"));
	assert_made(BYTES("\xfe\xff\xd8\x3d\xde\0"), BYTES("\xf0\x9f\x98\x80"));
}

TEST(half_a_character_is_replaced_and_its_neighbours_kept)
{
	/* A high half before a letter, at the end, before another one; a low half alone. */
	assert_made(BYTES("\xfe\xff\xd8\0\0a"),
		BYTES("\xef\xbf\xbd"
		      "a"));
	assert_made(BYTES("\xfe\xff\0a\xd8\0"), BYTES("a\xef\xbf\xbd"));
	assert_made(BYTES("\xfe\xff\xd8\0\xd8\0\xdc\0"), BYTES("\xef\xbf\xbd\xf0\x90\x80\x80"));
	assert_made(BYTES("\xfe\xff\xdf\xff\0a"),
		BYTES("\xef\xbf\xbd"
		      "a"));
}

TEST(half_a_unit_at_the_end_is_omitted)
{
	assert_made(BYTES("\xff\xfeT\0C"), BYTES("T"));
	assert_made(BYTES("\xff\xfeT"), BYTES(""));
}

TEST(a_mark_alone_is_no_text)
{
	struct buffer text = {0};

	assert_made(BYTES("\xff\xfe"), BYTES(""));
	assert_made(BYTES("\xfe\xff"), BYTES(""));
	assert_made(BYTES("\xef\xbb\xbf"), BYTES(""));
	assert_int_equal(encoding_make_utf8(&text), 0);
	assert_int_equal(text.length, 0);
}

TEST(other_bytes_stay_as_they_are)
{
	assert_made(BYTES("TCP ABH\x99REN"), BYTES("TCP ABH\x99REN"));
	assert_made(BYTES("\xff"), BYTES("\xff"));
	assert_made(BYTES("\xef\xbb"), BYTES("\xef\xbb"));
	assert_made(BYTES("a\xff\xfe"), BYTES("a\xff\xfe"));
	assert_made(BYTES("\xef\xbb\xbfTCP \xc3\x96"), BYTES("TCP \xc3\x96"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf16_of_either_order_becomes_utf8),
		cmocka_unit_test(each_length_of_a_character_is_written),
		cmocka_unit_test(half_a_character_is_replaced_and_its_neighbours_kept),
		cmocka_unit_test(half_a_unit_at_the_end_is_omitted),
		cmocka_unit_test(a_mark_alone_is_no_text),
		cmocka_unit_test(other_bytes_stay_as_they_are),
	};

	return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
