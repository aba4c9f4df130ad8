#include "sockets.h"

#include "unit.h"

const char program_name[] = "test";

enum { MANY = 100000 };

/* The port tells the sockets apart. */
static void add(struct sockets *sockets, uint64_t inode, size_t number)
{
	struct socket socket = {
		.row = {.port = (uint16_t)(1 + number % 65535), .inode = inode},
		.holder_count = number,
	};

	assert_int_equal(sockets_add(sockets, &socket), 0);
}

static void check_found(const struct sockets *sockets, uint64_t inode, size_t number)
{
	const struct socket *socket = sockets_find(sockets, inode);

	assert_non_null(socket);
	assert_true(socket->row.inode == inode);
	assert_int_equal(socket->row.port, 1 + number % 65535);
	assert_int_equal(socket->holder_count, number);
}

TEST(every_one_of_a_hundred_thousand_sockets_is_found)
{
	struct sockets sockets = {0};

	for (size_t i = 0; i < MANY; i++)
		add(&sockets, 20000 + 3 * i, i);
	assert_int_equal(sockets.count, MANY);
	for (size_t i = 0; i < MANY; i++) {
		check_found(&sockets, 20000 + 3 * i, i);
		assert_true(sockets.items[i].row.inode == 20000 + 3 * i);
		assert_null(sockets_find(&sockets, 20001 + 3 * i));
	}
	sockets_release(&sockets);
}

/*
 * The hash multiplies by a constant and drops the lower 32 bits; multiples of
 * the constant's inverse below 2^32 then all start at slot 0.
 */
TEST(sockets_whose_inodes_collide_are_all_found)
{
	enum { COLLIDING = 2000 };
	const uint64_t factor = 0x9e3779b97f4a7c15U;
	struct sockets sockets = {0};
	uint64_t inverse = factor;

	/* Newton's iteration doubles the number of right bits, of which there are 3 at first. */
	for (int i = 0; i < 5; i++)
		inverse *= 2 - factor * inverse;
	assert_true(factor * inverse == 1);
	for (size_t i = 0; i < COLLIDING; i++)
		add(&sockets, inverse * (i + 1), i);
	assert_int_equal(sockets.count, COLLIDING);
	for (size_t i = 0; i < COLLIDING; i++)
		check_found(&sockets, inverse * (i + 1), i);
	assert_null(sockets_find(&sockets, inverse * (COLLIDING + 1)));
	sockets_release(&sockets);
}

TEST(the_largest_and_the_smallest_inodes_are_found)
{
	static const uint64_t inodes[] = {1, 2, UINT32_MAX, UINT64_C(1) << 32, INT64_MAX};
	struct sockets sockets = {0};

	for (size_t i = 0; i < COUNT(inodes); i++)
		add(&sockets, inodes[i], i);
	for (size_t i = 0; i < COUNT(inodes); i++)
		check_found(&sockets, inodes[i], i);
	sockets_release(&sockets);
}

TEST(a_row_that_the_table_gave_twice_is_one_socket)
{
	struct sockets sockets = {0};

	for (size_t i = 0; i < 1000; i++) {
		add(&sockets, 1 + i, i);
		add(&sockets, 1 + i / 2, 4711);
	}
	assert_int_equal(sockets.count, 1000);
	for (size_t i = 0; i < 1000; i++)
		check_found(&sockets, 1 + i, i);
	sockets_release(&sockets);
}

TEST(each_socket_of_the_kernels_own_is_kept_and_none_is_found)
{
	struct sockets sockets = {0};

	assert_null(sockets_find(&sockets, 0));
	assert_null(sockets_find(&sockets, 1));
	for (size_t i = 0; i < 100; i++)
		add(&sockets, 0, i);
	add(&sockets, 7, 100);
	assert_int_equal(sockets.count, 101);
	assert_null(sockets_find(&sockets, 0));
	check_found(&sockets, 7, 100);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(sockets.items[i].row.port, 1 + i);
	sockets_release(&sockets);
	assert_int_equal(sockets.count, 0);
	assert_null(sockets_find(&sockets, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_one_of_a_hundred_thousand_sockets_is_found),
		cmocka_unit_test(sockets_whose_inodes_collide_are_all_found),
		cmocka_unit_test(the_largest_and_the_smallest_inodes_are_found),
		cmocka_unit_test(a_row_that_the_table_gave_twice_is_one_socket),
		cmocka_unit_test(each_socket_of_the_kernels_own_is_kept_and_none_is_found),
	};

	return cmocka_run_group_tests_name("sockets", tests, NULL, NULL);
}
