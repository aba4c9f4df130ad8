#include "endpoint.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

struct endpoint_case {
	const char *text;
	char separator;
	enum address_family family;
	const char *address; /* as it is shown */
	uint16_t port;
};

static void check(const struct endpoint_case *which)
{
	struct bytes text = bytes_of(which->text);
	char *alone = unit_alone(text);
	struct endpoint endpoint = {.proto = PROTO_UDP};
	const char *why = NULL;
	char shown[ADDRESS_TEXT_MAX];

	assert_case(text,
		endpoint_parse((struct bytes){alone, text.length}, which->separator, which->family,
			&endpoint, &why),
		0);
	assert_null(why);
	assert_case(text, endpoint.proto, PROTO_UDP);
	assert_case(text, endpoint.address.family, which->family);
	assert_case(text, endpoint.port, which->port);
	address_format(&endpoint.address, shown);
	assert_text(shown, which->address);
	free(alone);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(an_endpoint_of_lsof_is_read_with_the_port_behind_its_last_colon)
{
	static const struct endpoint_case cases[] = {
		{"127.0.0.1:80", ':', FAMILY_IPV4, "127.0.0.1", 80},
		{"0.0.0.0:1", ':', FAMILY_IPV4, "0.0.0.0", 1},
		{"255.255.255.255:65535", ':', FAMILY_IPV4, "255.255.255.255", 65535},
		{"127.0.0.1:00080", ':', FAMILY_IPV4, "127.0.0.1", 80},
		{"[::1]:80", ':', FAMILY_IPV6, "::1", 80},
		{"[::]:80", ':', FAMILY_IPV6, "::", 80},
		{"[2001:db8::a:0:0:1]:443", ':', FAMILY_IPV6, "2001:db8::a:0:0:1", 443},
		{"[2001:DB8:0:0:0:0:0:1]:443", ':', FAMILY_IPV6, "2001:db8::1", 443},
		{"::1:80", ':', FAMILY_IPV6, "::1", 80},
		{"[fe80::1%en0]:80", ':', FAMILY_IPV6, "fe80::1%en0", 80},
		{"[fe80::1%a:b]:80", ':', FAMILY_IPV6, "fe80::1%a:b", 80},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(an_endpoint_of_netstat_is_read_with_the_port_behind_its_last_point)
{
	static const struct endpoint_case cases[] = {
		{"127.0.0.1.3000", '.', FAMILY_IPV4, "127.0.0.1", 3000},
		{"::1.3000", '.', FAMILY_IPV6, "::1", 3000},
		{"fe80::1%lo0.3000", '.', FAMILY_IPV6, "fe80::1%lo0", 3000},
		{"fe80::1%vlan0.5.3000", '.', FAMILY_IPV6, "fe80::1%vlan0.5", 3000},
		{"::ffff:127.0.0.1.3000", '.', FAMILY_IPV6, "::ffff:127.0.0.1", 3000},
		{"127.0.0.1.3000", '.', FAMILY_IPV6, "::ffff:127.0.0.1", 3000},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

/* "*:57768" is printed for sockets of either family. */
TEST(the_wildcard_is_that_of_the_family)
{
	static const struct endpoint_case cases[] = {
		{"*:57768", ':', FAMILY_IPV4, "0.0.0.0", 57768},
		{"*:57768", ':', FAMILY_IPV6, "::", 57768},
		{"[*]:57768", ':', FAMILY_IPV6, "::", 57768},
		{"*.3000", '.', FAMILY_IPV4, "0.0.0.0", 3000},
		{"*.3000", '.', FAMILY_IPV6, "::", 3000},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(a_socket_without_a_port_yet_has_port_zero)
{
	static const struct endpoint_case cases[] = {
		{"*:*", ':', FAMILY_IPV4, "0.0.0.0", 0},
		{"*:*", ':', FAMILY_IPV6, "::", 0},
		{"*.*", '.', FAMILY_IPV4, "0.0.0.0", 0},
		{"127.0.0.1:*", ':', FAMILY_IPV4, "127.0.0.1", 0},
		{"[::1]:*", ':', FAMILY_IPV6, "::1", 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(an_ipv4_address_on_a_socket_of_ipv6_is_a_mapped_one)
{
	static const struct endpoint_case cases[] = {
		{"127.0.0.1:80", ':', FAMILY_IPV6, "::ffff:127.0.0.1", 80},
		{"[127.0.0.1]:80", ':', FAMILY_IPV6, "::ffff:127.0.0.1", 80},
		{"[::ffff:127.0.0.1]:80", ':', FAMILY_IPV6, "::ffff:127.0.0.1", 80},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(the_interface_within_a_link_local_address_becomes_its_zone)
{
	static const struct endpoint_case cases[] = {
		{"[fe80:4::1]:80", ':', FAMILY_IPV6, "fe80::1%4", 80},
		{"[fe80:1::1]:80", ':', FAMILY_IPV6, "fe80::1%1", 80},
		{"[fe80:10::1]:80", ':', FAMILY_IPV6, "fe80::1%16", 80},
		{"[fe80:ffff::1]:80", ':', FAMILY_IPV6, "fe80::1%65535", 80},
		{"[fe80:4::aede:48ff:fe00:1122]:80", ':', FAMILY_IPV6,
			"fe80::aede:48ff:fe00:1122%4", 80},
		{"[febf:4::1]:80", ':', FAMILY_IPV6, "febf::1%4", 80},
		/* Where both tell, the name says more. */
		{"[fe80:4::1%en0]:80", ':', FAMILY_IPV6, "fe80::1%en0", 80},
		{"fe80:4::1.80", '.', FAMILY_IPV6, "fe80::1%4", 80},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(no_zone_is_invented_for_other_addresses)
{
	static const struct endpoint_case cases[] = {
		{"[fe80::1]:80", ':', FAMILY_IPV6, "fe80::1", 80},
		{"[fe80:0:4::1]:80", ':', FAMILY_IPV6, "fe80:0:4::1", 80},
		{"[fec0:4::1]:80", ':', FAMILY_IPV6, "fec0:4::1", 80},
		{"[fe40:4::1]:80", ':', FAMILY_IPV6, "fe40:4::1", 80},
		{"[fd80:4::1]:80", ':', FAMILY_IPV6, "fd80:4::1", 80},
		{"[ff80:4::1]:80", ':', FAMILY_IPV6, "ff80:4::1", 80},
		{"[2001:4::1]:80", ':', FAMILY_IPV6, "2001:4::1", 80},
		{"254.128.0.4:80", ':', FAMILY_IPV4, "254.128.0.4", 80},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(&cases[i]);
}

TEST(what_is_no_endpoint_is_refused_and_reported)
{
	static const char no_port[] = "no port";
	static const char no_address[] = "not a numeric address: run the tool with -n";
	static const char bad_port[] =
		"not a port from 1 to 65535: run the tool with numeric ports";
	static const struct {
		const char *text;
		enum address_family family;
		const char *why;
	} cases[] = {
		{"", FAMILY_IPV4, no_port},
		{"80", FAMILY_IPV4, no_port},
		{"*", FAMILY_IPV4, no_port},
		{"[::1]", FAMILY_IPV6, no_port},
		{"[::1]80", FAMILY_IPV6, no_port},
		{":80", FAMILY_IPV4, no_address},
		{"[]:80", FAMILY_IPV6, no_address},
		{"localhost:80", FAMILY_IPV4, no_address},
		{"localhost:80", FAMILY_IPV6, no_address},
		{"127.1:80", FAMILY_IPV4, no_address},
		{"127.0.0.256:80", FAMILY_IPV4, no_address},
		{"[::1]:80", FAMILY_IPV4, no_address},
		{"[::1:80", FAMILY_IPV6, no_address},
		{"**:80", FAMILY_IPV4, no_address},
		{"*::80", FAMILY_IPV4, no_address},
		{"[fe80::1%]:80", FAMILY_IPV6, no_address},
		{"[::1]::80", FAMILY_IPV6, no_address},
		{" 127.0.0.1:80", FAMILY_IPV4, no_address},
		{"127.0.0.1:", FAMILY_IPV4, bad_port},
		{"127.0.0.1:0", FAMILY_IPV4, bad_port},
		{"127.0.0.1:65536", FAMILY_IPV4, bad_port},
		{"127.0.0.1:http", FAMILY_IPV4, bad_port},
		{"127.0.0.1:-1", FAMILY_IPV4, bad_port},
		{"127.0.0.1:+80", FAMILY_IPV4, bad_port},
		{"127.0.0.1: 80", FAMILY_IPV4, bad_port},
		{"127.0.0.1:80 ", FAMILY_IPV4, bad_port},
		{"127.0.0.1:80 (LISTEN)", FAMILY_IPV4, bad_port},
		{"127.0.0.1:0x50", FAMILY_IPV4, bad_port},
		{"127.0.0.1:99999999999999999999", FAMILY_IPV4, bad_port},
		{"127.0.0.1:**", FAMILY_IPV4, bad_port},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes text = bytes_of(cases[i].text);
		char *alone = unit_alone(text);
		struct endpoint endpoint = {.proto = PROTO_UDP, .port = 4711};
		const char *why = NULL;

		assert_case(text,
			endpoint_parse((struct bytes){alone, text.length}, ':', cases[i].family,
				&endpoint, &why),
			-EINVAL);
		assert_text(why ? why : "", cases[i].why);
		assert_case(text, endpoint.port, 4711);
		free(alone);
	}
}

static struct endpoint endpoint_of(enum listener_proto proto, const char *text)
{
	struct endpoint endpoint = {.proto = proto};
	const char *why = NULL;
	enum address_family family = text[0] == '[' ? FAMILY_IPV6 : FAMILY_IPV4;

	assert_int_equal(endpoint_parse(bytes_of(text), ':', family, &endpoint, &why), 0);
	return endpoint;
}

static int compare(enum listener_proto first_proto, const char *first,
	enum listener_proto second_proto, const char *second)
{
	struct endpoint a = endpoint_of(first_proto, first);
	struct endpoint b = endpoint_of(second_proto, second);
	int order = endpoint_compare(&a, &b);

	assert_int_equal(endpoint_compare(&b, &a) > 0, order < 0);
	assert_int_equal(endpoint_compare(&b, &a) == 0, order == 0);
	return order;
}

TEST(endpoints_differ_by_port_protocol_family_and_address)
{
	assert_true(compare(PROTO_TCP, "127.0.0.1:80", PROTO_TCP, "127.0.0.1:80") == 0);
	assert_true(compare(PROTO_TCP, "127.0.0.1:80", PROTO_TCP, "127.0.0.1:81") < 0);
	assert_true(compare(PROTO_TCP, "127.0.0.1:256", PROTO_TCP, "127.0.0.1:1") > 0);
	assert_true(compare(PROTO_TCP, "127.0.0.1:80", PROTO_UDP, "127.0.0.1:80") < 0);
	assert_true(compare(PROTO_TCP, "127.0.0.1:80", PROTO_TCP, "127.0.0.2:80") < 0);
	assert_true(compare(PROTO_TCP, "*:80", PROTO_TCP, "[::]:80") < 0);
}

TEST(a_zone_by_name_and_by_number_are_the_same_endpoint)
{
	assert_true(compare(PROTO_TCP, "[fe80:1::1]:80", PROTO_TCP, "[fe80::1%lo0]:80") == 0);
	assert_true(compare(PROTO_TCP, "[fe80::1]:80", PROTO_TCP, "[fe80::1%lo0]:80") == 0);
	assert_true(compare(PROTO_TCP, "[fe80::1%lo0]:80", PROTO_TCP, "[fe80::2%lo0]:80") < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_endpoint_of_lsof_is_read_with_the_port_behind_its_last_colon),
		cmocka_unit_test(
			an_endpoint_of_netstat_is_read_with_the_port_behind_its_last_point),
		cmocka_unit_test(the_wildcard_is_that_of_the_family),
		cmocka_unit_test(a_socket_without_a_port_yet_has_port_zero),
		cmocka_unit_test(an_ipv4_address_on_a_socket_of_ipv6_is_a_mapped_one),
		cmocka_unit_test(the_interface_within_a_link_local_address_becomes_its_zone),
		cmocka_unit_test(no_zone_is_invented_for_other_addresses),
		cmocka_unit_test(what_is_no_endpoint_is_refused_and_reported),
		cmocka_unit_test(endpoints_differ_by_port_protocol_family_and_address),
		cmocka_unit_test(a_zone_by_name_and_by_number_are_the_same_endpoint),
	};

	return cmocka_run_group_tests_name("endpoint", tests, NULL, NULL);
}
