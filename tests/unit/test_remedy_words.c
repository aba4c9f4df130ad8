#include "stream/remedy_words.h"

#include "unit.h"

const char program_name[] = "test";

static void check(const struct remedy *remedy, const char *expected)
{
	char words[REMEDY_WORDS_MAX];

	remedy_words(remedy, words);
	assert_text(words, expected);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(a_message_says_what_to_run_and_why)
{
	check(&(struct remedy){VERDICT_STOP, TEXT("sv stop shop"), TEXT("runsv restarts it")},
		"runsv restarts it; run sv stop shop");
	check(&(struct remedy){VERDICT_STOP, {0}, TEXT("kubelet starts it again")},
		"kubelet starts it again");
	check(&(struct remedy){VERDICT_STOP, TEXT("sv stop shop"), {0}}, "run sv stop shop");
	check(&(struct remedy){VERDICT_STOP, {0}, {0}}, "it may be restarted");
	check(&(struct remedy){VERDICT_UNKNOWN, TEXT("kill 7"), TEXT("sh (6) may restart it")},
		"sh (6) may restart it: stop it there");
	check(&(struct remedy){VERDICT_UNKNOWN, TEXT("docker stop web"), TEXT("it may restart")},
		"it may restart; run docker stop web");
}

TEST(a_command_is_whole_or_not_there_and_a_reason_may_be_cut)
{
	static char text[4096];
	struct remedy remedy = {VERDICT_STOP, {text, REMEDY_COMMAND_MAX}, TEXT("it restarts")};
	char words[REMEDY_WORDS_MAX];
	struct bytes found;

	memset(text, 'a', sizeof(text));
	remedy_words(&remedy, words);
	found = bytes_of(words);
	assert_int_equal(found.length, REMEDY_COMMAND_MAX + strlen("it restarts; run "));
	assert_true(bytes_end_with(found, BYTES("aaa")));
	remedy.command.length++;
	check(&remedy, "it restarts");
	check(&(struct remedy){VERDICT_STOP, TEXT("rm\0 -i"), TEXT("it restarts")}, "it restarts");

	remedy.why = (struct bytes){text, sizeof(text)};
	remedy.command.length--;
	remedy_words(&remedy, words);
	found = bytes_of(words);
	assert_int_equal(found.length, REMEDY_WORDS_MAX - 1);
	assert_non_null(strstr(words, "aaa…; run aaa"));
	remedy.verdict = VERDICT_UNKNOWN;
	remedy.command = BYTES("kill 7");
	remedy_words(&remedy, words);
	assert_true(bytes_end_with(bytes_of(words), BYTES("aaa…: stop it there")));
}

TEST(no_character_of_a_reason_is_split)
{
	static char text[2 * REMEDY_WORDS_MAX];
	char words[REMEDY_WORDS_MAX];

	for (size_t first = 0; first < 2; first++) {
		struct remedy remedy = {VERDICT_STOP, {0}, {text, sizeof(text)}};

		text[0] = 'a';
		for (size_t i = first; i + 1 < sizeof(text); i += 2) {
			text[i] = '\xc3';
			text[i + 1] = '\xb6';
		}
		remedy_words(&remedy, words);
		assert_true(bytes_end_with(bytes_of(words), BYTES("\xc3\xb6…")));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_says_what_to_run_and_why),
		cmocka_unit_test(a_command_is_whole_or_not_there_and_a_reason_may_be_cut),
		cmocka_unit_test(no_character_of_a_reason_is_split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
