#include "passwd.h"

#include <errno.h>

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

TEST(the_first_user_with_a_uid_is_named)
{
	static const struct {
		uint32_t uid;
		struct bytes name;
	} found[] = {
		{0, TEXT("root")},
		{1, TEXT("daemon")},
		{1000, TEXT("alice")},
		{1001, TEXT("m\xc3\xbcller")},
		{UINT32_MAX, TEXT("top")},
		{1002, TEXT("last")},
	};

	for (size_t i = 0; i < COUNT(found); i++) {
		struct bytes name;

		assert_case(found[i].name, passwd_find(bytes_of(users), found[i].uid, &name), 0);
		assert_bytes(name, found[i].name);
	}
}

static void check_nobody(struct bytes text, uint32_t uid)
{
	struct bytes name = BYTES("untouched");
	char *alone = unit_alone(text);

	assert_case(text, passwd_find((struct bytes){alone, text.length}, uid, &name), -ENOENT);
	assert_bytes(name, BYTES("untouched"));
	free(alone);
}

TEST(a_uid_that_nobody_has_gets_no_name)
{
	check_nobody(bytes_of(users), 100);
	check_nobody(bytes_of(users), 10);
	check_nobody(bytes_of(users), 10000);
	check_nobody(BYTES(""), 0);
	check_nobody(BYTES("\n\n"), 0);
}

TEST(a_line_that_is_no_entry_is_passed_over)
{
	static const struct bytes lines[] = {TEXT("alice"), TEXT("alice:x"), TEXT("alice:x:"),
		TEXT("alice:x::0:::"), TEXT(":x:0:0:::"), TEXT("alice:x:-0:0:::"),
		TEXT("alice:x: 0:0:::"), TEXT("alice:x:0x0:0:::"), TEXT("alice:x:root:0:::"),
		TEXT("alice:0:x:0:::"), TEXT("alice:x:4294967296:0:::"), TEXT("::::::")};

	for (size_t i = 0; i < COUNT(lines); i++) {
		char text[128];
		struct bytes name;
		int length = snprintf(text, sizeof(text), "%s\nbob:x:0:0:::\n", lines[i].data);

		check_nobody(lines[i], 0);
		assert_case(
			lines[i], passwd_find((struct bytes){text, (size_t)length}, 0, &name), 0);
		assert_bytes(name, BYTES("bob"));
	}
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

	for (size_t i = 0; i < COUNT(lines); i++) {
		char text[128];
		struct bytes name;
		int length = snprintf(text, sizeof(text), "%s\nbob:x:0:0:::\n", lines[i].data);

		assert_case(
			lines[i], passwd_find((struct bytes){text, (size_t)length}, 0, &name), 0);
		assert_bytes(name, BYTES("bob"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_user_with_a_uid_is_named),
		cmocka_unit_test(a_uid_that_nobody_has_gets_no_name),
		cmocka_unit_test(a_line_that_is_no_entry_is_passed_over),
		cmocka_unit_test(a_line_that_the_c_library_passes_over_names_nobody),
	};

	return cmocka_run_group_tests_name("passwd", tests, NULL, NULL);
}
