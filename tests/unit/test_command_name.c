#include "command_name.h"

#include "unit.h"

const char program_name[] = "test";

TEST(only_a_name_of_15_bytes_may_have_been_cut)
{
	assert_false(command_name_needs_more(BYTES("")));
	assert_false(command_name_needs_more(BYTES("node")));
	assert_false(command_name_needs_more(BYTES("12345678901234")));
	assert_true(command_name_needs_more(BYTES("123456789012345")));
	assert_false(command_name_needs_more(BYTES("1234567890123456")));
}

static const struct {
	struct bytes comm;
	struct bytes command_line; /* data NULL: it can't be read */
	struct bytes executable; /* likewise */
	struct bytes completed;
} names[] = {
	{TEXT("next-server (v1"), TEXT("next-server (v14.1.0)\0"), TEXT("/usr/bin/node"),
		TEXT("next-server (v14.1.0)")},
	{TEXT("systemd-resolve"), TEXT("/lib/systemd/systemd-resolved\0"), {0},
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), TEXT("systemd-resolved\0--flag\0"), {0},
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), TEXT("/lib/systemd/systemd-resolved"), {0},
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), {0}, TEXT("/lib/systemd/systemd-resolved"),
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), TEXT("\0"), TEXT("/lib/systemd/systemd-resolved"),
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), TEXT("/bin/other\0"), TEXT("/lib/systemd/systemd-resolved"),
		TEXT("systemd-resolved")},
	/* The program was replaced by an update while it runs. */
	{TEXT("systemd-resolve"), {0}, TEXT("/lib/systemd/systemd-resolved (deleted)"),
		TEXT("systemd-resolved")},
	{TEXT("systemd-resolve"), {0}, TEXT("/lib/systemd/systemd-resolve (deleted)"),
		TEXT("systemd-resolve")},
	/* argv[0] comes before the path, its whole before its last part. */
	{TEXT("123456789012345"), TEXT("123456789012345/123456789012345b\0"),
		TEXT("/123456789012345c"), TEXT("123456789012345/123456789012345b")},
	{TEXT("123456789012345"), TEXT("/x/123456789012345b\0"), TEXT("/123456789012345c"),
		TEXT("123456789012345b")},
	/* Only the first argument names the program. */
	{TEXT("my-long-script-"), TEXT("/bin/bash\0my-long-script-name.sh\0"), TEXT("/bin/bash"),
		TEXT("my-long-script-")},
	{TEXT("GeckoMain-12345"), TEXT("/usr/lib/firefox\0"), TEXT("/usr/lib/firefox"),
		TEXT("GeckoMain-12345")},
	{TEXT("123456789012345"), TEXT("1234567890\0"), TEXT("/1234567890"),
		TEXT("123456789012345")},
	{TEXT("123456789012345"), TEXT("x123456789012345y\0"), TEXT("/x123456789012345y"),
		TEXT("123456789012345")},
	{TEXT("123456789012345"), TEXT("/bin/123456789012345x/\0"), {0}, TEXT("123456789012345")},
	{TEXT("123456789012345"), TEXT(""), TEXT(""), TEXT("123456789012345")},
	{TEXT("123456789012345"), {0}, {0}, TEXT("123456789012345")},
	{TEXT("a) b\n\x1b[2J\xff"
	      "45678"),
		TEXT("a) b\n\x1b[2J\xff"
		     "456789\0"),
		{0},
		TEXT("a) b\n\x1b[2J\xff"
		     "456789")},
};

TEST(a_cut_name_is_completed_and_never_replaced_by_another)
{
	for (size_t i = 0; i < COUNT(names); i++)
		assert_bytes(command_name_complete(
				     names[i].comm, names[i].command_line, names[i].executable),
			names[i].completed);
}

TEST(a_command_line_instead_of_a_name_is_not_taken_for_one)
{
	char title[COMMAND_NAME_MAX + 1];
	struct bytes comm = BYTES("ttttttttttttttt");

	memset(title, 't', sizeof(title));
	assert_bytes(command_name_complete(
			     comm, (struct bytes){title, COMMAND_NAME_MAX}, (struct bytes){0}),
		((struct bytes){title, COMMAND_NAME_MAX}));
	assert_bytes(command_name_complete(
			     comm, (struct bytes){title, COMMAND_NAME_MAX + 1}, (struct bytes){0}),
		comm);
	assert_bytes(command_name_complete(comm, (struct bytes){title, COMMAND_NAME_MAX + 1},
			     BYTES("/bin/ttttttttttttttttt")),
		BYTES("ttttttttttttttttt"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_name_of_15_bytes_may_have_been_cut),
		cmocka_unit_test(a_cut_name_is_completed_and_never_replaced_by_another),
		cmocka_unit_test(a_command_line_instead_of_a_name_is_not_taken_for_one),
	};

	return cmocka_run_group_tests_name("command_name", tests, NULL, NULL);
}
