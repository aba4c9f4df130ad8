#include "lsof/lsof_listing.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/number.h"
#include "unit.h"

const char program_name[] = "test";

enum { TOLD_MAX = 2048 };

/* A socket as it is told: "tcp4 127.0.0.1:80 4711 3"; by netstat without pid and descriptor. */
static struct lsof_socket socket_of(const char *text)
{
	struct lsof_socket socket = {
		.process = {.pid = LISTENER_NONE, .uid = LISTENER_NONE}, .fd = LISTENER_NONE};
	enum address_family family = text[3] == '4' ? FAMILY_IPV4 : FAMILY_IPV6;
	struct bytes rest = bytes_of(text + 5);
	struct bytes endpoint = bytes_cut_word(&rest);
	const char *why = NULL;
	uint64_t number;

	if (number_parse(bytes_cut_word(&rest), INT32_MAX, &number) == 0)
		socket.process.pid = (int64_t)number;
	if (number_parse(bytes_cut_word(&rest), INT32_MAX, &number) == 0)
		socket.fd = (int64_t)number;
	socket.endpoint.proto = text[0] == 't' ? PROTO_TCP : PROTO_UDP;
	assert_int_equal(endpoint_parse(endpoint, ':', family, &socket.endpoint, &why), 0);
	return socket;
}

static size_t format(const struct lsof_socket *socket, char *text, size_t size)
{
	char address[ADDRESS_TEXT_MAX];
	bool is_ipv4 = socket->endpoint.address.family == FAMILY_IPV4;
	int length;

	address_format(&socket->endpoint.address, address);
	length = snprintf(text, size, is_ipv4 ? "%s4 %s:%u" : "%s6 [%s]:%u",
		socket->endpoint.proto == PROTO_TCP ? "tcp" : "udp", address,
		socket->endpoint.port);
	if (socket->process.pid != LISTENER_NONE)
		length += snprintf(
			text + length, size - (size_t)length, " %" PRId64, socket->process.pid);
	if (socket->fd != LISTENER_NONE)
		length += snprintf(text + length, size - (size_t)length, " %" PRId64, socket->fd);
	length += snprintf(text + length, size - (size_t)length, "\n");
	assert_true((size_t)length < size);
	return (size_t)length;
}

/* Adds the sockets, in this order and then in the reverse one: what is told first is no matter. */
static void check(const char *const sockets[], const char *expected, size_t expected_hidden)
{
	size_t count = 0;

	while (sockets[count])
		count++;
	for (int reversed = 0; reversed < 2; reversed++) {
		struct lsof_listing listing = {0};
		char told[TOLD_MAX] = "";
		size_t length = 0;

		for (size_t i = 0; i < count; i++) {
			struct lsof_socket socket = socket_of(
				sockets[reversed ? count - 1 - i : i]);

			assert_int_equal(lsof_listing_add(&listing, &socket), 0);
		}
		assert_int_equal(lsof_listing_merge(&listing), expected_hidden);
		for (size_t i = 0; i < listing.count; i++)
			length += format(&listing.items[i], told + length, sizeof(told) - length);
		assert_text(told, expected);
		lsof_listing_release(&listing);
		assert_int_equal(listing.count, 0);
	}
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(a_socket_at_several_descriptors_is_one_with_the_lowest)
{
	static const char *const sockets[] = {"tcp4 127.0.0.1:80 1 23", "tcp4 127.0.0.1:80 1 4",
		"tcp4 127.0.0.1:80 1 100", "tcp4 127.0.0.1:80 1 5", NULL};

	check(sockets, "tcp4 127.0.0.1:80 1 4\n", 0);
}

TEST(each_process_that_holds_a_socket_is_kept)
{
	static const char *const sockets[] = {"tcp4 *:80 20 6", "tcp4 *:80 3 6", "tcp4 *:80 100 6",
		"tcp4 *:80 20 7", "tcp4 *:80 3 5", NULL};

	check(sockets, "tcp4 0.0.0.0:80 3 5\ntcp4 0.0.0.0:80 20 6\ntcp4 0.0.0.0:80 100 6\n", 0);
}

TEST(sockets_that_differ_in_anything_are_all_kept)
{
	static const char *const sockets[] = {"udp4 *:80 1 3", "tcp6 *:80 1 4", "tcp4 *:80 1 5",
		"tcp4 127.0.0.1:80 1 6", "tcp4 *:8080 1 7", "tcp6 [::1]:80 1 8",
		"tcp4 127.0.0.2:80 1 9", "udp6 *:80 1 10", NULL};

	check(sockets,
		"tcp4 0.0.0.0:80 1 5\n"
		"tcp4 127.0.0.1:80 1 6\n"
		"tcp4 127.0.0.2:80 1 9\n"
		"tcp6 [::]:80 1 4\n"
		"tcp6 [::1]:80 1 8\n"
		"udp4 0.0.0.0:80 1 3\n"
		"udp6 [::]:80 1 10\n"
		"tcp4 0.0.0.0:8080 1 7\n",
		0);
}

TEST(a_socket_that_netstat_alone_knows_is_kept_and_counted)
{
	static const char *const sockets[] = {
		"tcp4 127.0.0.1:80 1 3", "tcp4 *:22", "tcp6 *:22", "udp4 *:22", "tcp4 *:80", NULL};

	check(sockets,
		"tcp4 0.0.0.0:22\n"
		"tcp6 [::]:22\n"
		"udp4 0.0.0.0:22\n"
		"tcp4 0.0.0.0:80\n"
		"tcp4 127.0.0.1:80 1 3\n",
		4);
}

TEST(a_socket_that_lsof_has_told_of_is_not_told_again)
{
	static const char *const sockets[] = {"tcp4 *:80 1 3", "tcp4 *:80 2 3", "tcp4 *:80",
		"tcp4 *:80", "tcp6 *:80", "udp4 *:80 1 4", "udp4 *:80", NULL};

	check(sockets,
		"tcp4 0.0.0.0:80 1 3\n"
		"tcp4 0.0.0.0:80 2 3\n"
		"tcp6 [::]:80\n"
		"udp4 0.0.0.0:80 1 4\n",
		1);
}

TEST(a_row_that_netstat_gives_twice_is_one_hidden_socket)
{
	static const char *const sockets[] = {"udp4 *:5353", "udp4 *:5353", "udp4 *:5353", NULL};

	check(sockets, "udp4 0.0.0.0:5353\n", 1);
}

TEST(a_zone_that_lsof_numbers_and_netstat_names_is_the_same)
{
	static const char *const sockets[] = {
		"tcp6 [fe80:1::1]:80 1 3", "tcp6 [fe80::1%lo0]:80", "tcp6 [fe80::2%lo0]:80", NULL};

	check(sockets, "tcp6 [fe80::1%1]:80 1 3\ntcp6 [fe80::2%lo0]:80\n", 1);
}

/* Several interfaces of macOS (awdl0 and llw0) have the same link-local address. */
TEST(sockets_on_several_interfaces_are_all_kept)
{
	static const char *const told_by_lsof[] = {"tcp6 [fe80:5::1]:80 2 3",
		"tcp6 [fe80:4::1]:80 1 4", "tcp6 [fe80:5::1]:80 1 3", "tcp6 [fe80:5::1]:80 1 9",
		NULL};
	static const char *const told_by_netstat[] = {
		"tcp6 [fe80::1%awdl0]:80", "tcp6 [fe80::1%llw0]:80", NULL};

	check(told_by_lsof,
		"tcp6 [fe80::1%4]:80 1 4\n"
		"tcp6 [fe80::1%5]:80 1 3\n"
		"tcp6 [fe80::1%5]:80 2 3\n",
		0);
	check(told_by_netstat, "tcp6 [fe80::1%awdl0]:80\ntcp6 [fe80::1%llw0]:80\n", 2);
}

TEST(a_descriptor_that_is_not_told_does_not_matter)
{
	static const char *const sockets[] = {
		"tcp4 *:80 1", "tcp4 *:80 1", "tcp4 *:80 2", "tcp4 *:80", NULL};

	check(sockets, "tcp4 0.0.0.0:80 1\ntcp4 0.0.0.0:80 2\n", 0);
}

TEST(nothing_told_is_nothing_listed)
{
	static const char *const none[] = {NULL};

	check(none, "", 0);
}

TEST(ten_thousand_sockets_are_all_listed_once)
{
	enum { MANY = 10000 };
	struct lsof_listing listing = {0};

	/* 7919 is prime to 10,000: each number once, in no order. All twice, and by netstat too. */
	for (size_t i = 0; i < 3 * (size_t)MANY; i++) {
		size_t number = i * 7919 % MANY;
		struct lsof_socket socket = {
			.endpoint = {.proto = PROTO_TCP, .port = (uint16_t)(1 + number)},
			.process = {.pid = (int64_t)number + 1, .uid = 0},
			.fd = (int64_t)(i / MANY) + 3,
		};

		if (i >= 2 * (size_t)MANY) {
			/* Every other one is known to netstat alone. */
			socket.endpoint.port = (uint16_t)(socket.endpoint.port + number % 2 * MANY);
			socket.process.pid = LISTENER_NONE;
			socket.fd = LISTENER_NONE;
		}
		assert_int_equal(lsof_listing_add(&listing, &socket), 0);
	}
	assert_int_equal(listing.count, 3 * MANY);
	assert_int_equal(lsof_listing_merge(&listing), MANY / 2);
	assert_int_equal(listing.count, MANY + MANY / 2);
	for (size_t i = 0; i < listing.count; i++) {
		const struct lsof_socket *socket = &listing.items[i];
		size_t number = i < MANY ? i : MANY + 2 * (i - MANY) + 1;

		assert_int_equal(socket->endpoint.port, 1 + number);
		assert_int_equal(socket->process.pid, i < MANY ? (int64_t)i + 1 : LISTENER_NONE);
		assert_int_equal(socket->fd, i < MANY ? 3 : LISTENER_NONE);
	}
	lsof_listing_release(&listing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_socket_at_several_descriptors_is_one_with_the_lowest),
		cmocka_unit_test(each_process_that_holds_a_socket_is_kept),
		cmocka_unit_test(sockets_that_differ_in_anything_are_all_kept),
		cmocka_unit_test(a_socket_that_netstat_alone_knows_is_kept_and_counted),
		cmocka_unit_test(a_socket_that_lsof_has_told_of_is_not_told_again),
		cmocka_unit_test(a_row_that_netstat_gives_twice_is_one_hidden_socket),
		cmocka_unit_test(a_zone_that_lsof_numbers_and_netstat_names_is_the_same),
		cmocka_unit_test(sockets_on_several_interfaces_are_all_kept),
		cmocka_unit_test(a_descriptor_that_is_not_told_does_not_matter),
		cmocka_unit_test(nothing_told_is_nothing_listed),
		cmocka_unit_test(ten_thousand_sockets_are_all_listed_once),
	};

	return cmocka_run_group_tests_name("lsof_listing", tests, NULL, NULL);
}
