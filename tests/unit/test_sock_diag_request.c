#include "sock_diag_told.h"

const char program_name[] = "test";

enum { REQUEST = 72, FILTER = 20 };

/* The request for all ports, as the bytes that the kernel is to get. */
static struct buffer request_of(
	uint32_t length, uint8_t family, uint8_t protocol, unsigned listening_state)
{
	struct buffer request = {0};

	put32(&request, length);
	put16(&request, 20); /* SOCK_DIAG_BY_FAMILY */
	put16(&request, 0x301); /* NLM_F_REQUEST | NLM_F_DUMP */
	put32(&request, 0);
	put32(&request, 0);
	put8(&request, family);
	put8(&request, protocol);
	put16(&request, 0);
	put32(&request, 1U << listening_state);
	put_zeros(&request, 48);
	return request;
}

static void check_request(const struct sock_diag_query *query, struct buffer *expected)
{
	unsigned char request[SOCK_DIAG_REQUEST_MAX];
	size_t length;

	memset(request, 0x5a, sizeof(request));
	length = sock_diag_request(query, request);
	assert_bytes(((struct bytes){(const char *)request, length}), buffer_bytes(expected));
	buffer_release(expected);
}
#define check_request(...) UNIT_AT(check_request(__VA_ARGS__))

TEST(each_table_is_asked_for_its_sockets_that_listen_and_no_others)
{
	static const struct {
		enum listener_proto proto;
		enum address_family family;
		uint8_t family_number;
		uint8_t protocol;
		unsigned state;
	} tables[] = {
		{PROTO_TCP, FAMILY_IPV4, 2, 6, 10},
		{PROTO_TCP, FAMILY_IPV6, 10, 6, 10},
		{PROTO_UDP, FAMILY_IPV4, 2, 17, 7},
		{PROTO_UDP, FAMILY_IPV6, 10, 17, 7},
	};

	for (size_t i = 0; i < COUNT(tables); i++) {
		const struct sock_diag_query query = {tables[i].proto, tables[i].family, 1, 65535};
		struct buffer expected = request_of(
			REQUEST, tables[i].family_number, tables[i].protocol, tables[i].state);

		check_request(&query, &expected);
	}
}

/* A comparison: which, how far it is to the next one, and how far out; then the port. */
static void put_comparison(struct buffer *request, uint8_t code, uint16_t out, uint16_t port)
{
	put8(request, code);
	put8(request, 8);
	put16(request, out);
	put8(request, 0);
	put8(request, 0);
	put16(request, port);
}

TEST(the_kernel_is_reported_which_ports_are_wanted)
{
	static const uint16_t ranges[][2] = {
		{3000, 3000}, {3000, 3100}, {1, 1}, {65535, 65535}, {1, 65534}, {2, 65535}};

	for (size_t i = 0; i < COUNT(ranges); i++) {
		const struct sock_diag_query query = {
			PROTO_TCP, FAMILY_IPV6, ranges[i][0], ranges[i][1]};
		struct buffer expected = request_of(REQUEST + FILTER, 10, 6, 10);

		put16(&expected, FILTER);
		put16(&expected, 1); /* INET_DIAG_REQ_BYTECODE */
		/* Out is 4 bytes behind the last one: 16 + 4, and 8 + 4. */
		put_comparison(&expected, 2, 20, ranges[i][0]); /* INET_DIAG_BC_S_GE */
		put_comparison(&expected, 3, 12, ranges[i][1]); /* INET_DIAG_BC_S_LE */
		check_request(&query, &expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_table_is_asked_for_its_sockets_that_listen_and_no_others),
		cmocka_unit_test(the_kernel_is_reported_which_ports_are_wanted),
	};

	return cmocka_run_group_tests_name("sock_diag_request", tests, NULL, NULL);
}
