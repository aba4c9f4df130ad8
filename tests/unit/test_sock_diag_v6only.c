#include "sock_diag_told.h"

const char program_name[] = "test";

static void check_v6only(struct buffer *attributes, enum v6only expected)
{
	struct buffer answer = {0};
	struct socket_row row;
	size_t count;

	put_socket(&answer, 80, buffer_bytes(attributes));
	put_done(&answer);
	assert_int_equal(read_all(buffer_bytes(&answer), FAMILY_IPV6, &count, &row), 0);
	assert_int_equal(count, 1);
	assert_int_equal(row.v6only, expected);
	buffer_release(&answer);
	buffer_release(attributes);
}
#define check_v6only(...) UNIT_AT(check_v6only(__VA_ARGS__))

TEST(whether_ipv4_is_served_too_is_found_wherever_it_is)
{
	for (int before = 0; before < 3; before++) {
		for (int behind = 0; behind < 3; behind++) {
			for (uint8_t value = 0; value < 2; value++) {
				struct buffer attributes = {0};

				for (int i = 0; i < before; i++)
					put_attribute(&attributes, (uint16_t)(8 + i), 1 - value);
				put_attribute(&attributes, 11, value);
				for (int i = 0; i < behind; i++)
					put_attribute(&attributes, (uint16_t)(15 + i), 1 - value);
				check_v6only(&attributes, value ? V6ONLY_YES : V6ONLY_NO);
			}
		}
	}
}

TEST(what_the_kernel_does_not_tell_is_unknown)
{
	struct buffer none = {0};
	struct buffer others = {0};

	check_v6only(&none, V6ONLY_UNKNOWN);
	put_attribute(&others, 8, 1);
	put_attribute(&others, 12, 1);
	check_v6only(&others, V6ONLY_UNKNOWN);
}

/* Of any length, with a last one that nothing fills up. */
TEST(attributes_of_any_length_are_skipped)
{
	for (uint16_t length = 0; length <= 40; length++) {
		struct buffer attributes = {0};

		put16(&attributes, (uint16_t)(4 + length));
		put16(&attributes, 2);
		for (uint16_t i = 0; i < length; i++)
			put8(&attributes, 11);
		put_zeros(&attributes, -(size_t)length & 3);
		put_attribute(&attributes, 11, 1);
		attributes.length -= 3;
		check_v6only(&attributes, V6ONLY_YES);
	}
}

TEST(an_attribute_that_lies_about_its_length_says_nothing)
{
	static const uint16_t lengths[] = {0, 1, 3, 9, 12, 13, 0x7fff, 0x8000, 0xfffd, 0xffff};

	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct buffer attributes = {0};

		put16(&attributes, lengths[i]);
		put16(&attributes, 11);
		put32(&attributes, 0x01010101);
		check_v6only(&attributes, V6ONLY_UNKNOWN);
	}
}

TEST(an_attribute_without_a_value_says_nothing)
{
	struct buffer attributes = {0};

	put16(&attributes, 4);
	put16(&attributes, 11);
	put_attribute(&attributes, 8, 1);
	check_v6only(&attributes, V6ONLY_UNKNOWN);
}

/* Less than a whole attribute at the end, as no kernel writes it. */
TEST(bytes_left_over_tell_nothing)
{
	for (size_t count = 1; count <= 4; count++) {
		struct buffer attributes = {0};

		put16(&attributes, 5);
		put16(&attributes, 11);
		attributes.length = count;
		check_v6only(&attributes, V6ONLY_UNKNOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whether_ipv4_is_served_too_is_found_wherever_it_is),
		cmocka_unit_test(what_the_kernel_does_not_tell_is_unknown),
		cmocka_unit_test(attributes_of_any_length_are_skipped),
		cmocka_unit_test(an_attribute_that_lies_about_its_length_says_nothing),
		cmocka_unit_test(an_attribute_without_a_value_says_nothing),
		cmocka_unit_test(bytes_left_over_tell_nothing),
	};

	return cmocka_run_group_tests_name("sock_diag_v6only", tests, NULL, NULL);
}
