#include "base/address.h"

#include <arpa/inet.h>
#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

static struct address parsed(const char *text, enum address_family family)
{
	struct address address;

	assert_case(bytes_of(text), address_parse(bytes_of(text), family, &address), 0);
	return address;
}

static const struct {
	const char *given;
	const char *shown;
} ipv6_forms[] = {
	{"0:0:0:0:0:0:0:0", "::"},
	{"0:0:0:0:0:0:0:1", "::1"},
	{"1:0:0:0:0:0:0:0", "1::"},
	{"2001:0DB8:0000:0000:0000:0000:0000:000A", "2001:db8::a"},
	/* One zero group stays. */
	{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
	{"0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"},
	{"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"},
	{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
	{"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
	/* The longest run goes, the first of equals. */
	{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
	{"2001:0:0:0:1:0:0:1", "2001::1:0:0:1"},
	{"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
	{"0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"},
	{"0:0:1:2:3:4:5:6", "::1:2:3:4:5:6"},
	{"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
	{"FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
	/* Of the forms that embed an IPv4 address only the mapped one has a dotted quad. */
	{"::ffff:7f00:1", "::ffff:127.0.0.1"},
	{"::FFFF:0.0.0.0", "::ffff:0.0.0.0"},
	{"0:0:0:0:0:ffff:255.255.255.255", "::ffff:255.255.255.255"},
	{"::1.2.3.4", "::102:304"},
	{"::ffff:0:1.2.3.4", "::ffff:0:102:304"},
	{"::fffe:1.2.3.4", "::fffe:102:304"},
	{"1::ffff:1.2.3.4", "1::ffff:102:304"},
	{"64:ff9b::1.2.3.4", "64:ff9b::102:304"},
	{"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
	{"fe80::1%eth0", "fe80::1%eth0"},
	{"FE80::1%9", "fe80::1%9"},
	{"fe80::1%En0%x", "fe80::1%En0%x"},
	{"::ffff:1.2.3.4%lo", "::ffff:1.2.3.4%lo"},
	{"::%lo", "::%lo"},
};

TEST(ipv6_addresses_are_formatted_as_in_rfc_5952)
{
	for (size_t i = 0; i < COUNT(ipv6_forms); i++) {
		struct address address = parsed(ipv6_forms[i].given, FAMILY_IPV6);
		char text[ADDRESS_TEXT_MAX];

		address_format(&address, text);
		assert_text(text, ipv6_forms[i].shown);
	}
}

TEST(an_ipv4_address_is_shown_as_a_dotted_quad)
{
	static const char *const quads[] = {
		"0.0.0.0", "127.0.0.1", "1.20.203.4", "255.255.255.255"};

	for (size_t i = 0; i < COUNT(quads); i++) {
		struct address address = parsed(quads[i], FAMILY_IPV4);
		char text[ADDRESS_TEXT_MAX];

		address_format(&address, text);
		assert_text(text, quads[i]);
	}
}

TEST(an_ipv4_address_is_in_the_first_four_octets)
{
	static const uint8_t octets[16] = {127, 1, 2, 255};
	struct address address = parsed("127.1.2.255", FAMILY_IPV4);

	assert_int_equal(address.family, FAMILY_IPV4);
	assert_memory_equal(address.octets, octets, 16);
	assert_text(address.zone, "");
}

static void check_round_trip(const uint8_t octets[16])
{
	struct address address = {.family = FAMILY_IPV6};
	char text[ADDRESS_TEXT_MAX];
	char other[INET6_ADDRSTRLEN];
	struct address again;
	uint8_t read[16];

	memcpy(address.octets, octets, 16);
	address_format(&address, text);
	assert_case(bytes_of(text), inet_pton(AF_INET6, text, read), 1);
	assert_memory_equal(read, octets, 16);
	again = parsed(text, FAMILY_IPV6);
	assert_int_equal(address_compare(&address, &again), 0);
	assert_non_null(inet_ntop(AF_INET6, octets, other, sizeof(other)));
	again = parsed(other, FAMILY_IPV6);
	assert_int_equal(address_compare(&address, &again), 0);
}
#define check_round_trip(...) UNIT_AT(check_round_trip(__VA_ARGS__))

/* Every pattern of zero groups, with others of one to four digits between them. */
TEST(no_address_changes_on_its_way_through_text)
{
	static const unsigned values[] = {0x1, 0xab, 0xfff, 0xffff, 0x1000};

	for (unsigned pattern = 0; pattern < 256; pattern++) {
		for (unsigned shift = 0; shift < COUNT(values); shift++) {
			uint8_t octets[16] = {0};

			for (unsigned group = 0; group < 8; group++) {
				unsigned value = values[(group + shift) % COUNT(values)];

				if (!(pattern >> group & 1))
					continue;
				octets[2 * group] = (uint8_t)(value >> 8);
				octets[2 * group + 1] = (uint8_t)value;
			}
			check_round_trip(octets);
		}
	}
}

static void check_refused(struct bytes text, enum address_family family)
{
	char *alone = unit_alone(text);
	struct address address;
	struct address before;

	memset(&address, 0x5a, sizeof(address));
	before = address;
	assert_case(
		text, address_parse((struct bytes){alone, text.length}, family, &address), -EINVAL);
	assert_memory_equal(&address, &before, sizeof(address));
	free(alone);
}
#define check_refused(...) UNIT_AT(check_refused(__VA_ARGS__))

TEST(a_text_that_is_no_ipv4_address_is_refused)
{
	static const struct bytes texts[] = {TEXT(""), TEXT("1"), TEXT("1.2.3"), TEXT("1.2.3."),
		TEXT("1.2.3.4."), TEXT(".1.2.3.4"), TEXT("1..2.3"), TEXT("1.2.3.4.5"),
		TEXT("1.2.3.256"), TEXT("256.2.3.4"), TEXT("1.2.3.4 "), TEXT(" 1.2.3.4"),
		TEXT("010.0.0.1"), TEXT("1.2.3.00"), TEXT("0x7f.0.0.1"), TEXT("1.2.3.-4"),
		TEXT("1.2.3.+4"), TEXT("1.2.3.4\0"), TEXT("1.2.3.4\n"), TEXT("127.1"),
		TEXT("localhost"), TEXT("*"), TEXT("::1"), TEXT("::ffff:1.2.3.4")};

	for (size_t i = 0; i < COUNT(texts); i++)
		check_refused(texts[i], FAMILY_IPV4);
}

TEST(a_text_that_is_no_ipv6_address_is_refused)
{
	static const struct bytes texts[] = {TEXT(""), TEXT(":"), TEXT(":::"), TEXT("::::"),
		TEXT("1"), TEXT("1:2:3:4:5:6:7"), TEXT("1:2:3:4:5:6:7:8:9"), TEXT("1:2:3:4:5:6:7:"),
		TEXT("1:2:3:4:5:6:7:8:"), TEXT(":1:2:3:4:5:6:7:8"), TEXT("1::2::3"),
		TEXT("1:2:3:4::5:6:7:8"), TEXT("::1:2:3:4:5:6:7:8"), TEXT("1:2:3:4:5:6:7:8::"),
		TEXT("1:::2"), TEXT("::00001"), TEXT("::g"), TEXT("[::1]"), TEXT(" ::1"),
		TEXT("::1 "), TEXT("::1\n"), TEXT("::1\0"), TEXT("::+1"), TEXT("::0x1"),
		TEXT("1.2.3.4"), TEXT("::1.2.3"), TEXT("::1.2.3.256"), TEXT("::1.2.3.4:5"),
		TEXT("1.2.3.4::"), TEXT("1:2:3:4:5:6:7:1.2.3.4"), TEXT("1:2:3:4:5:1.2.3.4"),
		TEXT("::1:2:3:4:5:6:1.2.3.4"), TEXT("::01.2.3.4"), TEXT("%eth0"), TEXT("::1%"),
		TEXT("::1%a\0b"), TEXT("*"), TEXT("localhost")};

	for (size_t i = 0; i < COUNT(texts); i++)
		check_refused(texts[i], FAMILY_IPV6);
}

TEST(a_zone_of_63_bytes_fits_and_a_longer_one_is_refused)
{
	char text[2 + 1 + ADDRESS_ZONE_MAX + 1 + 1] = "::%";
	char shown[ADDRESS_TEXT_MAX];
	struct address address;

	memset(text + 3, 'z', ADDRESS_ZONE_MAX);
	address = parsed(text, FAMILY_IPV6);
	address_format(&address, shown);
	assert_text(shown, text);
	text[3 + ADDRESS_ZONE_MAX] = 'z';
	check_refused(bytes_of(text), FAMILY_IPV6);
}

TEST(the_longest_address_with_the_longest_zone_fits_its_buffer)
{
	struct address address = {.family = FAMILY_IPV6};
	char *text = malloc(ADDRESS_TEXT_MAX);
	struct address again;

	assert_non_null(text);
	memset(address.octets, 0xee, sizeof(address.octets));
	memset(address.zone, 'z', ADDRESS_ZONE_MAX);
	address_format(&address, text);
	assert_int_equal(strlen(text), 39 + 1 + ADDRESS_ZONE_MAX);
	again = parsed(text, FAMILY_IPV6);
	assert_int_equal(address_compare(&address, &again), 0);
	free(text);
}

TEST(addresses_sort_as_numbers_with_ipv4_first)
{
	static const struct {
		const char *text;
		enum address_family family;
	} ascending[] = {
		{"0.0.0.0", FAMILY_IPV4},
		{"9.0.0.1", FAMILY_IPV4},
		{"10.0.0.0", FAMILY_IPV4},
		{"127.0.0.1", FAMILY_IPV4},
		{"200.0.0.1", FAMILY_IPV4},
		{"::", FAMILY_IPV6},
		{"::%lo", FAMILY_IPV6},
		{"::1", FAMILY_IPV6},
		{"::ffff:0.0.0.0", FAMILY_IPV6},
		{"fe80::1", FAMILY_IPV6},
		{"fe80::1%eth0", FAMILY_IPV6},
		{"fe80::1%eth1", FAMILY_IPV6},
		{"fe80::2", FAMILY_IPV6},
	};

	for (size_t i = 0; i < COUNT(ascending); i++) {
		for (size_t j = 0; j < COUNT(ascending); j++) {
			struct address a = parsed(ascending[i].text, ascending[i].family);
			struct address b = parsed(ascending[j].text, ascending[j].family);
			int order = address_compare(&a, &b);

			assert_case(bytes_of(ascending[i].text), (order > 0) - (order < 0),
				(i > j) - (i < j));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv6_addresses_are_formatted_as_in_rfc_5952),
		cmocka_unit_test(an_ipv4_address_is_shown_as_a_dotted_quad),
		cmocka_unit_test(an_ipv4_address_is_in_the_first_four_octets),
		cmocka_unit_test(no_address_changes_on_its_way_through_text),
		cmocka_unit_test(a_text_that_is_no_ipv4_address_is_refused),
		cmocka_unit_test(a_text_that_is_no_ipv6_address_is_refused),
		cmocka_unit_test(a_zone_of_63_bytes_fits_and_a_longer_one_is_refused),
		cmocka_unit_test(the_longest_address_with_the_longest_zone_fits_its_buffer),
		cmocka_unit_test(addresses_sort_as_numbers_with_ipv4_first),
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
