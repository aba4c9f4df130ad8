#include "passwd.h"

#include "unit.h"

const char program_name[] = "test";

static const char users[] =
	"root:x:0:0:root:/root:/bin/bash\n"
	"daemon:*:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
	"\n"
	"alice::1000:1000:Alice,,,:/home/alice:/bin/sh\n"
	"twin:x:1000:1000::/home/twin:/bin/sh\n"
	"m\xc3\xbcller:x:1001:100:::\n"
	"top:x:4294967295:1:::\n"
	"last:x:1002:1002:::";

TEST(every_user_is_given_with_its_uid)
{
	static const struct passwd_user expected[] = {
		{0, TEXT("root")},
		{1, TEXT("daemon")},
		{1000, TEXT("alice")},
		{1000, TEXT("twin")},
		{1001, TEXT("m\xc3\xbcller")},
		{UINT32_MAX, TEXT("top")},
		{1002, TEXT("last")},
	};
	struct bytes rest = bytes_of(users);
	struct passwd_user user;

	for (size_t i = 0; i < COUNT(expected); i++) {
		assert_true(passwd_next(&rest, &user));
		assert_bytes(user.name, expected[i].name);
		assert_int_equal(user.uid, expected[i].uid);
	}
	assert_false(passwd_next(&rest, &user));
	assert_false(passwd_next(&rest, &user));
}

static void check_nobody(struct bytes text)
{
	struct passwd_user user = {7, BYTES("untouched")};
	char *alone = unit_alone(text);
	struct bytes rest = {alone, text.length};

	assert_case(text, passwd_next(&rest, &user), false);
	assert_bytes(user.name, BYTES("untouched"));
	assert_int_equal(user.uid, 7);
	free(alone);
}
#define check_nobody(...) UNIT_AT(check_nobody(__VA_ARGS__))

TEST(a_text_without_users_has_none)
{
	struct bytes none = {0};
	struct passwd_user user;

	check_nobody(BYTES(""));
	check_nobody(BYTES("\n\n"));
	assert_false(passwd_next(&none, &user));
}

/* A line that is none, alone and with a user behind it. */
static void check_passed_over(struct bytes line)
{
	char text[128];
	int length = snprintf(text, sizeof(text), "%s\nbob:x:0:0:::\n", line.data);
	struct bytes rest = {text, (size_t)length};
	struct passwd_user user;

	check_nobody(line);
	assert_case(line, passwd_next(&rest, &user), true);
	assert_bytes(user.name, BYTES("bob"));
	assert_int_equal(user.uid, 0);
}
#define check_passed_over(...) UNIT_AT(check_passed_over(__VA_ARGS__))

TEST(a_line_that_is_no_entry_is_skipped)
{
	static const struct bytes lines[] = {TEXT("alice"), TEXT("alice:x"), TEXT("alice:x:"),
		TEXT("alice:x::0:::"), TEXT(":x:0:0:::"), TEXT("alice:x:-0:0:::"),
		TEXT("alice:x: 0:0:::"), TEXT("alice:x:0x0:0:::"), TEXT("alice:x:root:0:::"),
		TEXT("alice:0:x:0:::"), TEXT("alice:x:4294967296:0:::"), TEXT("::::::")};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_passed_over(lines[i]);
}

/* As glibc's files-parse.c and files-pwd.c do; bob is the one whom getpwuid() finds. */
TEST(a_line_that_the_c_library_passes_over_names_nobody)
{
	static const struct bytes lines[] = {
		TEXT("#alice:x:0:0:::"),
		TEXT("  # alice:x:0:0:::"),
		TEXT("+alice:x:0:0:::"),
		TEXT("-alice:x:0:0:::"),
		TEXT("alice:x:0"),
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		check_passed_over(lines[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_user_is_given_with_its_uid),
		cmocka_unit_test(a_text_without_users_has_none),
		cmocka_unit_test(a_line_that_is_no_entry_is_skipped),
		cmocka_unit_test(a_line_that_the_c_library_passes_over_names_nobody),
	};

	return cmocka_run_group_tests_name("passwd", tests, NULL, NULL);
}
