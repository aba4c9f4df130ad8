#include "formats/procargs.h"

#include <errno.h>

#include "base/buffer.h"
#include "unit.h"

const char program_name[] = "test";

/* With nothing behind it, so that a byte read beyond the end is seen. */
static int parse(int count, struct bytes strings, struct buffer *arguments)
{
	struct buffer text = {0};
	struct bytes view = BYTES("untouched");
	char *alone;
	int error;

	assert_int_equal(buffer_append(&text, &count, sizeof(count)), 0);
	assert_int_equal(buffer_append(&text, strings.data, strings.length), 0);
	alone = unit_alone(buffer_bytes(&text));
	error = procargs_parse((struct bytes){alone, text.length}, &view);
	assert_int_equal(buffer_append(arguments, view.data, view.length), 0);
	free(alone);
	buffer_release(&text);
	return error;
}

static const struct {
	int count;
	struct bytes strings;
	struct bytes arguments;
} told[] = {
	/* The path is filled up to 8 bytes, or to the next 8. */
	{2, TEXT("/bin/a\0\0a\0-x\0HOME=/\0\0"), TEXT("a\0-x\0")},
	{2, TEXT("/bin/ab\0a\0-x\0HOME=/\0"), TEXT("a\0-x\0")},
	{2, TEXT("/bin/abc\0\0\0\0\0\0\0\0a\0-x\0HOME=/\0"), TEXT("a\0-x\0")},
	{1, TEXT("\0\0\0\0\0\0\0\0a\0HOME=/\0"), TEXT("a\0")},
	/* Without the environment, as of a process that is protected. */
	{2, TEXT("/bin/a\0\0a\0-x\0"), TEXT("a\0-x\0")},
	/* Of one that is not, it is as long as it likes. */
	{1, TEXT("/bin/a\0\0a\0A=1\0B=2\0\0\0\0\0ptr_munge=\0th_port=0x103\0\0\0"), TEXT("a\0")},
	/* Empty arguments are arguments. */
	{3, TEXT("/bin/a\0\0a\0\0-x\0SECRET=x\0"), TEXT("a\0\0-x\0")},
	{3, TEXT("/bin/a\0\0a\0-x\0\0SECRET=x\0"), TEXT("a\0-x\0\0")},
	{2, TEXT("/bin/a\0\0\0-x\0SECRET=x\0"), TEXT("\0-x\0")},
	{2, TEXT("/bin/ab\0\0-x\0SECRET=x\0"), TEXT("\0-x\0")},
	{1, TEXT("/bin/ab\0\0SECRET=x\0"), TEXT("\0")},
	{0, TEXT("/bin/ab\0SECRET=x\0"), TEXT("")},
	{0, TEXT("/bin/ab\0"), TEXT("")},
	/* A title leaves NULs where the other arguments were. */
	{3, TEXT("/bin/ab\0ab: worker\0\0\0\0\0\0SECRET=x\0"), TEXT("ab: worker\0\0\0")},
	/* A program with pointers of 4 bytes. */
	{2, TEXT("/bin/abc\0\0\0\0a\0-x\0HOME=/\0"), TEXT("a\0-x\0")},
};

TEST(the_arguments_are_reported_and_nothing_of_the_environment)
{
	for (size_t i = 0; i < COUNT(told); i++) {
		struct buffer arguments = {0};

		assert_case(told[i].strings, parse(told[i].count, told[i].strings, &arguments), 0);
		assert_int_equal(arguments.length, told[i].arguments.length);
		assert_memory_equal(arguments.data ? arguments.data : "", told[i].arguments.data,
			arguments.length);
		buffer_release(&arguments);
	}
}

static const struct {
	int count;
	struct bytes strings;
} wrong[] = {
	{1, TEXT("")},
	{1, TEXT("/bin/a")},
	{1, TEXT("/bin/a\0")},
	{1, TEXT("/bin/a\0\0")},
	{1, TEXT("/bin/a\0\0a")},
	{3, TEXT("/bin/a\0\0a\0-x\0")},
	{0, TEXT("/bin/a")},
	{-1, TEXT("/bin/a\0\0a\0-x\0")},
	{2147483647, TEXT("/bin/a\0\0a\0-x\0")},
};

TEST(what_is_cut_is_not_taken_for_the_whole)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct buffer arguments = {0};

		assert_case(wrong[i].strings, parse(wrong[i].count, wrong[i].strings, &arguments),
			-EINVAL);
		assert_bytes(buffer_bytes(&arguments), BYTES("untouched"));
		buffer_release(&arguments);
	}
}

TEST(what_has_no_count_has_no_arguments)
{
	struct bytes arguments = BYTES("untouched");

	assert_int_equal(procargs_parse(BYTES(""), &arguments), -EINVAL);
	assert_int_equal(procargs_parse(BYTES("\1\0\0"), &arguments), -EINVAL);
	assert_bytes(arguments, BYTES("untouched"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_arguments_are_reported_and_nothing_of_the_environment),
		cmocka_unit_test(what_is_cut_is_not_taken_for_the_whole),
		cmocka_unit_test(what_has_no_count_has_no_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
