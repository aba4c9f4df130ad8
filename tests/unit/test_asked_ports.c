#include "asked_ports.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

static const struct {
	struct bytes text;
	uint16_t port;
	enum asked_address address_kind;
	const char *address; /* of ASKED_ADDRESS */
	int proto; /* -1: none */
} forms[] = {
	{TEXT("localhost:3000"), 3000, ASKED_LOCALHOST, NULL, -1},
	{TEXT("0.0.0.0:80"), 80, ASKED_ANY, NULL, -1},
	{TEXT(":::3000"), 3000, ASKED_ANY, NULL, -1},
	{TEXT("[::]:3000"), 3000, ASKED_ANY, NULL, -1},
	{TEXT("*:3000"), 3000, ASKED_ANY, NULL, -1},
	{TEXT("127.0.0.1:3000"), 3000, ASKED_ADDRESS, "127.0.0.1", -1},
	{TEXT("[::1]:3000"), 3000, ASKED_ADDRESS, "::1", -1},
	{TEXT("::1:3000"), 3000, ASKED_ADDRESS, "::1", -1},
	{TEXT("[fe80::1%eth0]:3000"), 3000, ASKED_ADDRESS, "fe80::1%eth0", -1},
	{TEXT("3000/tcp"), 3000, ASKED_ANY, NULL, PROTO_TCP},
	{TEXT("53/udp"), 53, ASKED_ANY, NULL, PROTO_UDP},
	{TEXT("127.0.0.1:53/udp"), 53, ASKED_ADDRESS, "127.0.0.1", PROTO_UDP},
	{TEXT("http://localhost:3000/x?y=1"), 3000, ASKED_LOCALHOST, NULL, -1},
	{TEXT("http://[::1]/"), 80, ASKED_ADDRESS, "::1", -1},
	{TEXT("https://127.0.0.1"), 443, ASKED_ADDRESS, "127.0.0.1", -1},
};

TEST(a_port_is_read_in_each_form_in_which_it_is_pasted)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		struct asked_port asked;
		char address[ADDRESS_TEXT_MAX];
		const char *why;

		assert_case(forms[i].text, asked_port_read(forms[i].text, &asked, &why), 0);
		assert_case(forms[i].text, asked.port, forms[i].port);
		assert_case(forms[i].text, asked.address_kind, forms[i].address_kind);
		assert_case(forms[i].text, asked.has_proto ? (int)asked.proto : -1, forms[i].proto);
		if (forms[i].address_kind != ASKED_ADDRESS)
			continue;
		address_format(&asked.address, address);
		assert_text(address, forms[i].address);
	}
}

TEST(what_is_no_such_form_is_refused_with_what_is_wrong)
{
	static const struct {
		struct bytes text;
		const char *why; /* NULL: it is to be read as plain ports */
	} others[] = {
		{TEXT("3000"), NULL},
		{TEXT("node"), NULL},
		{TEXT(""), NULL},
		{TEXT("3000/x"), NULL},
		{TEXT("web:80"), "not a numeric address: give one, or the port alone"},
		{TEXT("http://web:80/"), "not a numeric address: give one, or the port alone"},
		{TEXT("localhost:"), "a port from 1 to 65535 is missing"},
		{TEXT("localhost:65536"), "a port from 1 to 65535 is missing"},
		{TEXT("127.0.0.1:0"), "a port from 1 to 65535 is missing"},
		{TEXT("tcp://127.0.0.1"), "a port from 1 to 65535 is missing"},
		{TEXT("0/tcp"), "a port from 1 to 65535 is missing"},
	};

	for (size_t i = 0; i < COUNT(others); i++) {
		struct asked_port asked;
		const char *why = "unset";

		assert_case(others[i].text, asked_port_read(others[i].text, &asked, &why), -EINVAL);
		if (others[i].why)
			assert_text(why, others[i].why);
		else
			assert_null(why);
	}
}

static bool answers(
	const char *asked, const char *listed, enum address_family family, enum v6only v6only)
{
	static struct asked_ports ports;
	struct listener listener = {.port = 3000, .v6only = v6only};
	const char *why;

	ports = (struct asked_ports){.count = 1, .wants_tcp = true};
	assert_int_equal(asked_port_read(bytes_of(asked), &ports.items[0], &why), 0);
	assert_int_equal(address_parse(bytes_of(listed), family, &listener.address), 0);
	return asked_ports_want(&ports, &listener);
}

TEST(an_address_asks_for_the_sockets_that_would_answer_there)
{
	assert_true(answers("127.0.0.1:3000", "127.0.0.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_true(answers("127.0.0.1:3000", "0.0.0.0", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_true(answers("127.0.0.1:3000", "::", FAMILY_IPV6, V6ONLY_NO));
	assert_true(answers("127.0.0.1:3000", "::", FAMILY_IPV6, V6ONLY_UNKNOWN));
	assert_true(answers("127.0.0.1:3000", "::ffff:127.0.0.1", FAMILY_IPV6, V6ONLY_UNKNOWN));
	assert_false(answers("127.0.0.1:3000", "::", FAMILY_IPV6, V6ONLY_YES));
	assert_false(answers("127.0.0.1:3000", "10.0.0.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_false(answers("127.0.0.1:3000", "::1", FAMILY_IPV6, V6ONLY_UNKNOWN));
	assert_false(answers("127.0.0.1:3001", "127.0.0.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_false(answers("[::1]:3000", "0.0.0.0", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_true(answers("localhost:3000", "::1", FAMILY_IPV6, V6ONLY_UNKNOWN));
	assert_true(answers("localhost:3000", "127.0.0.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_false(answers("localhost:3000", "192.0.2.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_true(answers("0.0.0.0:3000", "192.0.2.1", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_false(answers("3000/udp", "0.0.0.0", FAMILY_IPV4, V6ONLY_UNKNOWN));
	assert_true(answers("[fe80::1]:3000", "fe80::1%eth0", FAMILY_IPV6, V6ONLY_UNKNOWN));
	assert_false(answers("[fe80::1%eth1]:3000", "fe80::1%eth0", FAMILY_IPV6, V6ONLY_UNKNOWN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_port_is_read_in_each_form_in_which_it_is_pasted),
		cmocka_unit_test(what_is_no_such_form_is_refused_with_what_is_wrong),
		cmocka_unit_test(an_address_asks_for_the_sockets_that_would_answer_there),
	};

	return cmocka_run_group_tests_name("asked_ports", tests, NULL, NULL);
}
