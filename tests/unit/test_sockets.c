#include "proc/sockets.h"

#include "unit.h"

const char program_name[] = "test";

enum { MANY = 100000 };

static struct socket socket_of(uint64_t inode, size_t port)
{
	return (struct socket){.row = {.port = (uint16_t)port, .inode = inode}};
}

static void add(struct sockets *sockets, uint64_t inode, size_t port)
{
	struct socket socket = socket_of(inode, port);

	assert_int_equal(sockets_add(sockets, &socket), 0);
}
#define add(...) UNIT_AT(add(__VA_ARGS__))

/* All the sockets with this inode, by their ports, which end with 0. */
static void check_found(const struct sockets *sockets, uint64_t inode, const size_t ports[])
{
	struct socket *first = NULL;
	size_t count = sockets_find(sockets, inode, &first);

	for (size_t i = 0; i < count; i++) {
		assert_true(first[i].row.inode == inode);
		assert_int_equal(first[i].row.port, ports[i]);
		assert_int_equal(first[i].holder_count, 0);
	}
	assert_int_equal(ports[count], 0);
}
#define check_found(...) UNIT_AT(check_found(__VA_ARGS__))

TEST(every_one_of_a_hundred_thousand_sockets_is_found)
{
	struct sockets sockets = {0};

	for (size_t i = MANY; i > 0; i--)
		add(&sockets, 20000 + 3 * i, 1 + i % 65535);
	sockets_sort(&sockets);
	assert_int_equal(sockets.count, MANY);
	for (size_t i = MANY; i > 0; i--) {
		check_found(&sockets, 20000 + 3 * i, (const size_t[]){1 + i % 65535, 0});
		check_found(&sockets, 20001 + 3 * i, (const size_t[]){0});
	}
	check_found(&sockets, 1, (const size_t[]){0});
	check_found(&sockets, UINT64_MAX, (const size_t[]){0});
	sockets_release(&sockets);
}

TEST(the_largest_and_the_smallest_inodes_are_found)
{
	static const uint64_t inodes[] = {1, 2, UINT32_MAX, UINT64_C(1) << 32, INT64_MAX};
	struct sockets sockets = {0};

	for (size_t i = 0; i < COUNT(inodes); i++)
		add(&sockets, inodes[i], 1 + i);
	sockets_sort(&sockets);
	for (size_t i = 0; i < COUNT(inodes); i++)
		check_found(&sockets, inodes[i], (const size_t[]){1 + i, 0});
	sockets_release(&sockets);
}

TEST(a_row_that_the_table_gave_twice_is_one_socket)
{
	struct sockets sockets = {0};

	for (size_t i = 0; i < 1000; i++) {
		add(&sockets, 1 + i, 1 + i);
		add(&sockets, 1 + i / 2, 1 + i / 2);
	}
	sockets_sort(&sockets);
	assert_int_equal(sockets.count, 1000);
	for (size_t i = 0; i < 1000; i++)
		check_found(&sockets, 1 + i, (const size_t[]){1 + i, 0});
	sockets_release(&sockets);
}

/* The kernel counts inodes with 32 bits. */
TEST(two_sockets_with_one_inode_are_two)
{
	struct sockets sockets = {0};
	struct socket udp = socket_of(7, 3000);
	struct socket other = socket_of(7, 3000);
	struct socket missing = socket_of(7, 3002);

	udp.proto = PROTO_UDP;
	other.row.address.octets[0] = 127;
	add(&sockets, 7, 3001);
	add(&sockets, 7, 3000);
	add(&sockets, 8, 3000);
	assert_int_equal(sockets_add(&sockets, &udp), 0);
	assert_int_equal(sockets_add(&sockets, &other), 0);
	add(&sockets, 7, 3000);
	sockets_sort(&sockets);
	assert_int_equal(sockets.count, 5);
	check_found(&sockets, 7, (const size_t[]){3000, 3000, 3000, 3001, 0});
	check_found(&sockets, 8, (const size_t[]){3000, 0});
	assert_true(sockets_have(&sockets, &udp));
	assert_true(sockets_have(&sockets, &other));
	assert_false(sockets_have(&sockets, &missing));
	missing = socket_of(9, 3000);
	assert_false(sockets_have(&sockets, &missing));
	sockets_release(&sockets);
}

/* Else a capture with as many links to it could keep one busy for days. */
TEST(of_endless_sockets_with_one_inode_some_are_found)
{
	struct sockets sockets = {0};
	struct socket *first = NULL;

	for (size_t i = 1; i <= 65535; i++)
		add(&sockets, 7, i);
	add(&sockets, 8, 1);
	sockets_sort(&sockets);
	assert_int_equal(sockets.count, 65536);
	assert_int_equal(sockets_find(&sockets, 7, &first), SOCKETS_SAME_INODE_MAX);
	assert_ptr_equal(first, sockets.items);
	check_found(&sockets, 8, (const size_t[]){1, 0});
	sockets_release(&sockets);
}

TEST(each_socket_of_the_kernels_own_is_kept_and_none_is_found)
{
	struct sockets sockets = {0};
	struct socket own = socket_of(0, 5);

	check_found(&sockets, 0, (const size_t[]){0});
	check_found(&sockets, 1, (const size_t[]){0});
	assert_false(sockets_have(&sockets, &own));
	for (size_t i = 0; i < 100; i++)
		add(&sockets, 0, 1 + i / 2);
	add(&sockets, 7, 100);
	sockets_sort(&sockets);
	assert_int_equal(sockets.count, 101);
	check_found(&sockets, 0, (const size_t[]){0});
	check_found(&sockets, 7, (const size_t[]){100, 0});
	assert_true(sockets_have(&sockets, &own));
	sockets_release(&sockets);
	assert_int_equal(sockets.count, 0);
	check_found(&sockets, 7, (const size_t[]){0});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_one_of_a_hundred_thousand_sockets_is_found),
		cmocka_unit_test(the_largest_and_the_smallest_inodes_are_found),
		cmocka_unit_test(a_row_that_the_table_gave_twice_is_one_socket),
		cmocka_unit_test(two_sockets_with_one_inode_are_two),
		cmocka_unit_test(of_endless_sockets_with_one_inode_some_are_found),
		cmocka_unit_test(each_socket_of_the_kernels_own_is_kept_and_none_is_found),
	};

	return cmocka_run_group_tests_name("sockets", tests, NULL, NULL);
}
