#include "user_names.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

/* What a machine tells, and what it was asked. */
static struct {
	const char *passwd;
	int error;
	size_t calls;
	uint32_t uids[8]; /* of the last call */
	size_t count;
} machine;

static int ask(const uint32_t *uids, size_t count, struct buffer *passwd)
{
	machine.calls++;
	machine.count = count;
	for (size_t i = 0; i < count && i < COUNT(machine.uids); i++)
		machine.uids[i] = uids[i];
	if (buffer_append_text(passwd, machine.passwd))
		return -ENOMEM;
	return machine.error;
}

static struct user_names start(const char *local, const char *passwd)
{
	struct user_names names = {.ask = ask};

	memset(&machine, 0, sizeof(machine));
	machine.passwd = passwd;
	assert_int_equal(buffer_append_text(&names.local.text, local), 0);
	assert_int_equal(user_index_read(&names.local), 0);
	return names;
}

static void check_known(const struct user_names *names, uint32_t uid, const char *name)
{
	struct bytes found = BYTES("touched");

	assert_true(user_names_find(names, uid, &found));
	assert_bytes(found, name ? bytes_of(name) : (struct bytes){0});
}
#define check_known(...) UNIT_AT(check_known(__VA_ARGS__))

static void check_unknown(const struct user_names *names, uint32_t uid)
{
	struct bytes found = BYTES("untouched");

	assert_false(user_names_find(names, uid, &found));
	assert_bytes(found, BYTES("untouched"));
}
#define check_unknown(...) UNIT_AT(check_unknown(__VA_ARGS__))

static void check_asked(size_t calls, const uint32_t *uids, size_t count)
{
	assert_int_equal(machine.calls, calls);
	assert_int_equal(machine.count, count);
	assert_memory_equal(machine.uids, uids, count * sizeof(*uids));
}
#define check_asked(...) UNIT_AT(check_asked(__VA_ARGS__))

TEST(who_is_in_etc_passwd_is_known_and_the_first_of_several_counts)
{
	struct user_names names = start(
		"root:x:0:0:::\nz:x:1000:1:::\na:x:1000:1:::\nm:x:5:5:::\nlast:x:4294967295:0", "");

	check_known(&names, 0, "root");
	check_known(&names, 5, "m");
	check_known(&names, 1000, "z");
	check_known(&names, UINT32_MAX, "last");
	check_unknown(&names, 1);
	check_unknown(&names, UINT32_MAX - 1);
	user_names_release(&names);
}

TEST(all_others_are_asked_for_at_once_each_once)
{
	static const uint32_t expected[] = {7, 8, 9, UINT32_MAX};
	uint32_t uids[] = {9, UINT32_MAX, 7, 9, 8, 7};
	struct user_names names = start("root:x:0:0:::\n", "nine:x:9:9:::\nseven:x:7:7:::\n");

	assert_int_equal(user_names_ask(&names, uids, COUNT(uids)), 0);
	check_asked(1, expected, COUNT(expected));
	check_known(&names, 7, "seven");
	check_known(&names, 8, NULL);
	check_known(&names, 9, "nine");
	check_known(&names, UINT32_MAX, NULL);
	check_known(&names, 0, "root");
	check_unknown(&names, 10);
	user_names_release(&names);
}

TEST(what_was_told_is_kept_when_others_are_asked_for)
{
	uint32_t first[] = {9};
	uint32_t second[] = {8};
	struct user_names names = start("", "nine:x:9:9:::\n");

	assert_int_equal(user_names_ask(&names, first, 1), 0);
	machine.passwd = "eight:x:8:8:::\n";
	assert_int_equal(user_names_ask(&names, second, 1), 0);
	check_asked(2, second, 1);
	check_known(&names, 8, "eight");
	check_known(&names, 9, "nine");
	user_names_release(&names);
}

/* The answer could otherwise rename root. */
TEST(users_who_were_not_asked_for_stay_unknown)
{
	uint32_t uid = 9;
	struct user_names names = start("root:x:0:0:::\n", "evil:x:0:0:::\neight:x:8:8:::\n");

	assert_int_equal(user_names_ask(&names, &uid, 1), 0);
	check_known(&names, 0, "root");
	check_unknown(&names, 8);
	check_known(&names, 9, NULL);
	user_names_release(&names);
}

TEST(garbage_names_nobody)
{
	uint32_t uid = 9;
	struct user_names names = start(
		"", "usage: getent\n\n:::\n#nine:x:9:9\nnine\n\xff:x:-9:9:::");

	assert_int_equal(user_names_ask(&names, &uid, 1), 0);
	check_known(&names, 9, NULL);
	user_names_release(&names);
}

TEST(who_can_t_tell_is_not_asked_again_and_what_was_told_counts)
{
	uint32_t uids[] = {8, 9};
	struct user_names names = start("", "nine:x:9:9:::\n");

	machine.error = -ETIMEDOUT;
	assert_int_equal(user_names_ask(&names, uids, COUNT(uids)), 0);
	check_known(&names, 8, NULL);
	check_known(&names, 9, "nine");
	check_known(&names, 10, NULL);
	assert_int_equal(user_names_ask(&names, uids, 1), 0);
	assert_int_equal(machine.calls, 1);
	user_names_release(&names);
}

TEST(memory_that_is_out_is_an_error_and_no_unknown_user)
{
	uint32_t uid = 9;
	struct user_names names = start("", "");

	machine.error = -ENOMEM;
	assert_int_equal(user_names_ask(&names, &uid, 1), -ENOMEM);
	user_names_release(&names);
}

TEST(where_nobody_is_asked_all_is_known)
{
	uint32_t uid = 9;
	struct user_names names = start("root:x:0:0:::\n", "");

	names.ask = NULL;
	check_known(&names, 0, "root");
	check_known(&names, 9, NULL);
	assert_int_equal(user_names_ask(&names, &uid, 1), 0);
	assert_int_equal(machine.calls, 0);
	user_names_release(&names);
}

TEST(memory_stays_bounded_however_many_uids_a_stream_has)
{
	enum { AT_ONCE = 10000, ROUNDS = 20 };
	static uint32_t uids[AT_ONCE];
	struct user_names names = start("", "nine:x:9:9:::\n");

	for (uint32_t round = 0; round < ROUNDS; round++) {
		for (uint32_t i = 0; i < AT_ONCE; i++)
			uids[i] = round * AT_ONCE + i;
		assert_int_equal(user_names_ask(&names, uids, AT_ONCE), 0);
		check_known(&names, round * AT_ONCE, NULL);
		check_known(&names, round * AT_ONCE + AT_ONCE - 1, NULL);
		assert_true(names.cached.count <= USERS_CACHED_MAX);
	}
	check_unknown(&names, 9);
	assert_int_equal(machine.calls, ROUNDS);
	user_names_release(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_in_etc_passwd_is_known_and_the_first_of_several_counts),
		cmocka_unit_test(all_others_are_asked_for_at_once_each_once),
		cmocka_unit_test(what_was_told_is_kept_when_others_are_asked_for),
		cmocka_unit_test(users_who_were_not_asked_for_stay_unknown),
		cmocka_unit_test(garbage_names_nobody),
		cmocka_unit_test(who_can_t_tell_is_not_asked_again_and_what_was_told_counts),
		cmocka_unit_test(memory_that_is_out_is_an_error_and_no_unknown_user),
		cmocka_unit_test(where_nobody_is_asked_all_is_known),
		cmocka_unit_test(memory_stays_bounded_however_many_uids_a_stream_has),
	};

	return cmocka_run_group_tests_name("user names", tests, NULL, NULL);
}
