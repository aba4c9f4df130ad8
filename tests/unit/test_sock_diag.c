#include <errno.h>

#include "sock_diag_told.h"

const char program_name[] = "test";

static void check_answer(struct buffer *answer, int end, size_t sockets)
{
	struct socket_row row;
	size_t count;

	assert_int_equal(read_all(buffer_bytes(answer), FAMILY_IPV6, &count, &row), end);
	assert_int_equal(count, sockets);
	buffer_release(answer);
}
#define check_answer(...) UNIT_AT(check_answer(__VA_ARGS__))

TEST(a_socket_comes_whole)
{
	struct buffer answer = {0};
	struct socket_row row;
	char text[ADDRESS_TEXT_MAX];
	size_t count;

	put_socket(&answer, 0xabcd, no_attributes());
	put_done(&answer);
	assert_int_equal(read_all(buffer_bytes(&answer), FAMILY_IPV6, &count, &row), 0);
	assert_int_equal(count, 1);
	address_format(&row.address, text);
	assert_text(text, "2001:db8::abcd");
	assert_int_equal(row.port, 0xabcd);
	assert_int_equal(row.uid, 1000);
	assert_int_equal(row.inode, 0xabcd * 1000);
	assert_int_equal(row.interface, 3);
	assert_int_equal(row.v6only, V6ONLY_UNKNOWN);
	assert_false(row.ends_with_inode);
	buffer_release(&answer);
}

TEST(of_an_ipv4_address_four_bytes_count_and_v6only_says_nothing)
{
	struct buffer attributes = {0};
	struct buffer answer = {0};
	struct socket_row row;
	char text[ADDRESS_TEXT_MAX];
	size_t count;

	put_attribute(&attributes, 11, 1);
	put_socket(&answer, 80, buffer_bytes(&attributes));
	put_done(&answer);
	assert_int_equal(read_all(buffer_bytes(&answer), FAMILY_IPV4, &count, &row), 0);
	assert_int_equal(count, 1);
	assert_int_equal(row.address.family, FAMILY_IPV4);
	address_format(&row.address, text);
	assert_text(text, "32.1.13.184");
	for (size_t i = 4; i < sizeof(row.address.octets); i++)
		assert_int_equal(row.address.octets[i], 0);
	assert_int_equal(row.v6only, V6ONLY_UNKNOWN);
	buffer_release(&attributes);
	buffer_release(&answer);
}

TEST(every_socket_of_an_answer_comes_once_and_in_order)
{
	struct buffer attributes = {0};
	struct buffer answer = {0};
	struct socket_row row;
	struct bytes rest;

	put_attribute(&attributes, 8, 0);
	/* Alone, cut short, so that the next message begins 3 bytes behind its end. */
	attributes.length -= 3;
	for (uint16_t port = 1; port <= 300; port++)
		put_socket(&answer, port, port % 2 ? buffer_bytes(&attributes) : no_attributes());
	put_done(&answer);
	rest = buffer_bytes(&answer);
	for (uint16_t port = 1; port <= 300; port++) {
		assert_int_equal(sock_diag_next(&rest, FAMILY_IPV6, &row), 1);
		assert_int_equal(row.port, port);
		assert_int_equal(row.inode, port * 1000);
	}
	assert_int_equal(sock_diag_next(&rest, FAMILY_IPV6, &row), 0);
	assert_int_equal(rest.length, 0);
	buffer_release(&attributes);
	buffer_release(&answer);
}

TEST(no_socket_listens_where_the_answer_is_empty)
{
	struct buffer answer = {0};

	put_done(&answer);
	check_answer(&answer, 0, 0);
}

/* The kernel's own, with inode 0, and one that has no port: whether to show it is not said here. */
TEST(a_socket_without_a_port_is_read_as_it_is)
{
	struct buffer answer = {0};
	struct socket_row row = {.port = 7};
	size_t count;

	put_socket(&answer, 0, no_attributes());
	put_done(&answer);
	assert_int_equal(read_all(buffer_bytes(&answer), FAMILY_IPV6, &count, &row), 0);
	assert_int_equal(count, 1);
	assert_int_equal(row.port, 0);
	assert_int_equal(row.inode, 0);
	buffer_release(&answer);
}

TEST(messages_of_other_kinds_are_skipped)
{
	static const uint16_t others[] = {0, 1, 2, 4, 19, 21, 0xffff};

	for (size_t i = 0; i < COUNT(others); i++) {
		struct buffer answer = {0};

		put_socket(&answer, 80, no_attributes());
		put_header(&answer, HEADER + 6, others[i]);
		put_zeros(&answer, 8);
		put_socket(&answer, 81, no_attributes());
		put_header(&answer, HEADER, others[i]);
		put_done(&answer);
		check_answer(&answer, 0, 2);
	}
}

TEST(nothing_is_read_behind_the_end)
{
	struct buffer answer = {0};

	put_socket(&answer, 80, no_attributes());
	put_done(&answer);
	put_socket(&answer, 81, no_attributes());
	check_answer(&answer, 0, 1);
}

/* At every length: half a list must not be taken for the whole. */
TEST(an_answer_that_was_cut_is_never_whole)
{
	struct buffer answer = {0};
	struct socket_row row;
	size_t one;
	size_t two;
	size_t done;
	size_t count;

	put_socket(&answer, 80, no_attributes());
	one = answer.length;
	put_socket(&answer, 81, no_attributes());
	two = answer.length;
	put_done(&answer);
	done = answer.length;
	for (size_t length = 0; length < done; length++) {
		struct bytes cut = {answer.data, length};

		assert_int_equal(read_all(cut, FAMILY_IPV6, &count, &row), -EBADMSG);
		assert_int_equal(count, (length >= one) + (length >= two));
	}
	buffer_release(&answer);
}

/* Lengths that would never move on, or lead out of the answer. */
TEST(a_message_that_lies_about_its_length_is_the_end)
{
	static const uint32_t lengths[] = {0, 1, HEADER - 1, HEADER + MESSAGE + 21, 0x7fffffff,
		0x80000000, 0xfffffffd, 0xffffffff};

	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct buffer answer = {0};

		put_socket(&answer, 80, no_attributes());
		put_header(&answer, lengths[i], 20);
		put_message(&answer, 81);
		put_done(&answer);
		check_answer(&answer, -EBADMSG, 1);
	}
}

TEST(a_socket_of_which_bytes_are_missing_is_not_guessed)
{
	for (uint32_t missing = 1; missing <= MESSAGE; missing++) {
		struct buffer answer = {0};
		struct buffer message = {0};

		put_message(&message, 81);
		put_header(&answer, HEADER + MESSAGE - missing, 20);
		put(&answer, message.data, MESSAGE - missing);
		put_zeros(&answer, missing & 3);
		put_done(&answer);
		buffer_release(&message);
		check_answer(&answer, -EBADMSG, 0);
	}
}

TEST(a_failure_leaves_the_row_as_it_was)
{
	struct socket_row row;
	struct socket_row before;
	struct bytes empty = no_attributes();

	memset(&row, 0x5a, sizeof(row));
	before = row;
	assert_int_equal(sock_diag_next(&empty, FAMILY_IPV6, &row), -EBADMSG);
	assert_memory_equal(&row, &before, sizeof(row));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_comes_whole),
		cmocka_unit_test(of_an_ipv4_address_four_bytes_count_and_v6only_says_nothing),
		cmocka_unit_test(every_socket_of_an_answer_comes_once_and_in_order),
		cmocka_unit_test(no_socket_listens_where_the_answer_is_empty),
		cmocka_unit_test(a_socket_without_a_port_is_read_as_it_is),
		cmocka_unit_test(messages_of_other_kinds_are_skipped),
		cmocka_unit_test(nothing_is_read_behind_the_end),
		cmocka_unit_test(an_answer_that_was_cut_is_never_whole),
		cmocka_unit_test(a_message_that_lies_about_its_length_is_the_end),
		cmocka_unit_test(a_socket_of_which_bytes_are_missing_is_not_guessed),
		cmocka_unit_test(a_failure_leaves_the_row_as_it_was),
	};

	return cmocka_run_group_tests_name("sock_diag", tests, NULL, NULL);
}
