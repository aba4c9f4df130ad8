#include "base/text.h"

#include "unit.h"

const char program_name[] = "test";

static size_t next(struct bytes text, uint32_t *ret_character)
{
	char *alone = unit_alone(text);
	size_t length = text_next((struct bytes){alone, text.length}, ret_character);

	free(alone);
	return length;
}

static const struct {
	struct bytes text;
	size_t length;
	uint32_t character;
} characters[] = {
	{TEXT("\0"), 1, 0},
	{TEXT("ab"), 1, 'a'},
	{TEXT("\x7f"), 1, 0x7f},
	{TEXT("\xc2\x80"), 2, 0x80},
	{TEXT("\xdf\xbf"), 2, 0x7ff},
	{TEXT("\xe0\xa0\x80"), 3, 0x800},
	{TEXT("\xed\x9f\xbf"), 3, 0xd7ff},
	{TEXT("\xee\x80\x80"), 3, 0xe000},
	{TEXT("\xef\xbf\xbf"), 3, 0xffff},
	{TEXT("\xf0\x90\x80\x80"), 4, 0x10000},
	{TEXT("\xf4\x8f\xbf\xbf"), 4, 0x10ffff},
	{TEXT("\xc3\xa9\xff"), 2, 0xe9},
};

TEST(each_well_formed_character_is_read_at_its_length)
{
	for (size_t i = 0; i < COUNT(characters); i++) {
		uint32_t character = 0;

		assert_case(characters[i].text, next(characters[i].text, &character),
			characters[i].length);
		assert_case(characters[i].text, character, characters[i].character);
	}
}

static const struct bytes malformed[] = {
	TEXT("\x80"), TEXT("\xbf"), /* continuation without a start */
	TEXT("\xc0\x80"), TEXT("\xc1\xbf"), TEXT("\xe0\x80\x80"), TEXT("\xe0\x9f\xbf"),
	TEXT("\xf0\x80\x80\x80"), TEXT("\xf0\x8f\xbf\xbf"), /* overlong */
	TEXT("\xed\xa0\x80"), TEXT("\xed\xaf\xbf"), TEXT("\xed\xb0\x80"),
	TEXT("\xed\xbf\xbf"), /* surrogates */
	TEXT("\xf4\x90\x80\x80"), TEXT("\xf5\x80\x80\x80"), TEXT("\xf7\xbf\xbf\xbf"),
	TEXT("\xf8\x88\x80\x80\x80"), TEXT("\xfe"), TEXT("\xff"), /* above U+10FFFF */
	TEXT("\xc2"), TEXT("\xe2\x82"), TEXT("\xe2"), TEXT("\xf0\x9f\x98"), TEXT("\xf0\x9f"),
	TEXT("\xf0"), /* cut off */
	TEXT("\xc2\x7f"), TEXT("\xc2\xc0"), TEXT("\xe2(\xa1"), TEXT("\xe2\x82("),
	TEXT("\xf0(\x8c\xbc"), TEXT("\xf0\x90(\xbc"), TEXT("\xf0\x90\x8c("), /* no continuation */
};

TEST(what_is_not_utf_8_is_no_character)
{
	for (size_t i = 0; i < COUNT(malformed); i++) {
		uint32_t character = 0;

		assert_case(malformed[i], next(malformed[i], &character), 0);
	}
}

/* The first and the last of each range, and their neighbours that are harmless. */
TEST(a_character_that_controls_a_terminal_is_unsafe)
{
	static const uint32_t unsafe[] = {0x00, 0x07, 0x09, 0x0a, 0x1b, 0x1f, 0x7f, 0x80, 0x9b,
		0x9f, 0x61c, 0x180e, 0x200b, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e,
		0x2060, 0x2064, 0x2066, 0x2069, 0x206f, 0xfeff, 0xfff9, 0xfffb, 0xe0001, 0xe0020,
		0xe007f};
	static const uint32_t safe[] = {0x20, 'a', 0x7e, 0xa0, 0xe9, 0x61b, 0x61d, 0x180d, 0x180f,
		0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070, 0x20ac, 0x4e2d, 0xac00, 0xfefe,
		0xff00, 0xfffc, 0xfffd, 0x1f600, 0xdffff, 0x10ffff};

	for (size_t i = 0; i < COUNT(unsafe); i++)
		if (!text_is_unsafe(unsafe[i]))
			fail_msg("U+%04X is held to be safe", (unsigned)unsafe[i]);
	for (size_t i = 0; i < COUNT(safe); i++)
		if (text_is_unsafe(safe[i]))
			fail_msg("U+%04X is held to be unsafe", (unsigned)safe[i]);
}

/* The format characters (Cf) that are Default_Ignorable: they take no room and change no glyph. */
TEST(an_invisible_format_character_is_unsafe)
{
	static const uint32_t invisible[] = {0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164,
		0xffa0, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a};

	for (size_t i = 0; i < COUNT(invisible); i++)
		if (!text_is_unsafe(invisible[i]))
			fail_msg("U+%04X is held to be safe", (unsigned)invisible[i]);
}

TEST(each_character_takes_the_columns_that_a_terminal_gives_it)
{
	static const struct {
		uint32_t character;
		unsigned width;
	} widths[] = {{' ', 1}, {'a', 1}, {0xe9, 1}, {0x2ff, 1}, {0x300, 0}, {0x36f, 0}, {0x370, 1},
		{0x1160, 0}, {0x20ac, 1}, {0x20d0, 0}, {0x3000, 2}, {0x3042, 2}, {0x4e2d, 2},
		{0x9fff, 2}, {0xabff, 1}, {0xac00, 2}, {0xd7a3, 2}, {0xfe0f, 0}, {0xff21, 2},
		{0xff71, 1}, {0x1f600, 2}, {0x20000, 2}, {0x10ffff, 1}};

	for (size_t i = 0; i < COUNT(widths); i++)
		if (text_character_width(widths[i].character) != widths[i].width)
			fail_msg("U+%04X: width %u", (unsigned)widths[i].character,
				text_character_width(widths[i].character));
}

TEST(the_width_of_a_text_counts_columns_and_not_bytes)
{
	assert_int_equal(text_width(BYTES("")), 0);
	assert_int_equal(text_width((struct bytes){0}), 0);
	assert_int_equal(text_width(BYTES("node")), 4);
	assert_int_equal(text_width(BYTES("caf\xc3\xa9")), 4);
	assert_int_equal(text_width(BYTES("cafe\xcc\x81")), 4);
	assert_int_equal(text_width(BYTES("\xe6\x97\xa5\xe6\x9c\xac")), 4);
	assert_int_equal(text_width(BYTES("\xf0\x9f\x98\x80!")), 3);
}

static const struct {
	struct bytes text;
	struct bytes utf8;
	struct bytes visible;
} texts[] = {
	{TEXT(""), TEXT(""), TEXT("")},
	{TEXT("next-server (v1"), TEXT("next-server (v1"), TEXT("next-server (v1")},
	{TEXT("caf\xc3\xa9 \xe6\x97\xa5"), TEXT("caf\xc3\xa9 \xe6\x97\xa5"),
		TEXT("caf\xc3\xa9 \xe6\x97\xa5")},
	{TEXT("a\nb"), TEXT("a\nb"), TEXT("a\\x0ab")},
	{TEXT("\x1b[2J\x7f"), TEXT("\x1b[2J\x7f"), TEXT("\\x1b[2J\\x7f")},
	{TEXT("a\0b"), TEXT("a\0b"), TEXT("a\\x00b")},
	{TEXT("\xc2\x9b"
	      "2J"),
		TEXT("\xc2\x9b"
		     "2J"),
		TEXT("\\xc2\\x9b2J")},
	{TEXT("\xe2\x80\xae"
	      "dba"),
		TEXT("\xe2\x80\xae"
		     "dba"),
		TEXT("\\xe2\\x80\\xaedba")},
	{TEXT("\xff\xfe"), TEXT("\\xff\\xfe"), TEXT("\\xff\\xfe")},
	{TEXT("\xed\xa0\x80"), TEXT("\\xed\\xa0\\x80"), TEXT("\\xed\\xa0\\x80")},
	/* After a broken character reading goes on with the next byte. */
	{TEXT("\xe2\x82xyz\xe2\x82"), TEXT("\\xe2\\x82xyz\\xe2\\x82"),
		TEXT("\\xe2\\x82xyz\\xe2\\x82")},
	{TEXT("\xe2\xc3\xa9"), TEXT("\\xe2\xc3\xa9"), TEXT("\\xe2\xc3\xa9")},
};

TEST(no_byte_of_a_name_is_lost_and_none_controls_the_terminal)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buffer buffer = {0};

		assert_int_equal(buffer_append_byte(&buffer, '>'), 0);
		assert_int_equal(text_append_utf8(&buffer, texts[i].text), 0);
		assert_bytes(bytes_skip(buffer_bytes(&buffer), 1), texts[i].utf8);
		buffer.length = 1;
		assert_int_equal(text_append_visible(&buffer, texts[i].text), 0);
		assert_bytes(bytes_skip(buffer_bytes(&buffer), 1), texts[i].visible);
		assert_int_equal(buffer.data[0], '>');
		buffer_release(&buffer);
	}
}

static const struct {
	struct bytes json;
	struct bytes safe;
} documents[] = {
	{TEXT("{}"), TEXT("{}")},
	{TEXT("{\"a\":\"caf\xc3\xa9\\n\\u009b\",\"b\":[0.1,null]}"),
		TEXT("{\"a\":\"caf\xc3\xa9\\n\\u009b\",\"b\":[0.1,null]}")},
	{TEXT("\"\xc2\x9b"
	      "31m\""),
		TEXT("\"\\u009b31m\"")},
	{TEXT("\"a\x7f\""), TEXT("\"a\\u007f\"")},
	{TEXT("\"\xe2\x80\xae"
	      "dba\""),
		TEXT("\"\\u202edba\"")},
	{TEXT("\"\xe2\x80\xa8\""), TEXT("\"\\u2028\"")},
	{TEXT("\"\xf3\xa0\x80\x81\xf3\xa0\x81\xbf\""), TEXT("\"\\udb40\\udc01\\udb40\\udc7f\"")},
	{TEXT("\"\xf0\x9f\x98\x80\""), TEXT("\"\xf0\x9f\x98\x80\"")},
	{TEXT("\t{\r\n\"a\"\t:\r1 }\r"), TEXT(" {  \"a\" : 1 } ")},
};

TEST(json_that_is_shown_keeps_its_meaning_and_is_safe_for_a_terminal)
{
	for (size_t i = 0; i < COUNT(documents); i++) {
		char *alone = unit_alone(documents[i].json);
		struct buffer buffer = {0};

		assert_int_equal(buffer_append_byte(&buffer, '>'), 0);
		assert_int_equal(text_append_safe_json(
					 &buffer, (struct bytes){alone, documents[i].json.length}),
			0);
		assert_bytes(bytes_skip(buffer_bytes(&buffer), 1), documents[i].safe);
		buffer_release(&buffer);
		free(alone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_well_formed_character_is_read_at_its_length),
		cmocka_unit_test(what_is_not_utf_8_is_no_character),
		cmocka_unit_test(a_character_that_controls_a_terminal_is_unsafe),
		cmocka_unit_test(an_invisible_format_character_is_unsafe),
		cmocka_unit_test(each_character_takes_the_columns_that_a_terminal_gives_it),
		cmocka_unit_test(the_width_of_a_text_counts_columns_and_not_bytes),
		cmocka_unit_test(no_byte_of_a_name_is_lost_and_none_controls_the_terminal),
		cmocka_unit_test(json_that_is_shown_keeps_its_meaning_and_is_safe_for_a_terminal),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
