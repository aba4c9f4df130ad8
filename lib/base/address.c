#include "base/address.h"

#include <errno.h>
#include <stdio.h>

#include "base/number.h"

enum { GROUPS = 8 };

static void group_text(unsigned value, char ret_text[5])
{
	snprintf(ret_text, 5, "%x", value & 0xffff);
}

static void quad_text(const uint8_t octets[4], char ret_text[16])
{
	size_t at = 0;

	for (int i = 0; i < 4; i++) {
		char digits[NUMBER_TEXT_MAX];
		size_t length = number_format(octets[i], digits);

		memcpy(ret_text + at, digits, length);
		at += length;
		ret_text[at++] = i < 3 ? '.' : '\0';
	}
}

static size_t append_text(char *text, size_t at, const char *more)
{
	size_t length = strlen(more);

	memcpy(text + at, more, length + 1);
	return at + length;
}

/* Finds the first longest run of at least two zero groups; *ret_length is 0 if there is none. */
static void longest_zero_run(const unsigned group[], int count, int *ret_start, int *ret_length)
{
	*ret_start = 0;
	*ret_length = 0;
	for (int start = 0; start < count; start++) {
		int end = start;

		while (end < count && group[end] == 0)
			end++;
		if (end - start >= 2 && end - start > *ret_length) {
			*ret_start = start;
			*ret_length = end - start;
		}
		if (end > start)
			start = end;
	}
}

static bool is_mapped_ipv4(const uint8_t octets[16])
{
	static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

	return memcmp(octets, prefix, sizeof(prefix)) == 0;
}

static size_t format_ipv6(const uint8_t octets[16], char *text)
{
	bool mapped = is_mapped_ipv4(octets);
	int count = mapped ? GROUPS - 2 : GROUPS;
	unsigned group[GROUPS];
	char piece[16];
	size_t at = 0;
	int start;
	int length;

	for (size_t i = 0; i < GROUPS; i++)
		group[i] = (unsigned)octets[2 * i] << 8 | octets[2 * i + 1];
	longest_zero_run(group, count, &start, &length);
	for (int i = 0; i < count; i++) {
		if (length && i == start) {
			at = append_text(text, at, "::");
			i += length - 1;
			continue;
		}
		if (i && !(length && i == start + length))
			at = append_text(text, at, ":");
		group_text(group[i], piece);
		at = append_text(text, at, piece);
	}
	if (mapped) {
		quad_text(octets + 12, piece);
		at = append_text(text, at, ":");
		at = append_text(text, at, piece);
	}
	return at;
}

void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_MAX])
{
	size_t at;

	if (address->family == FAMILY_IPV4) {
		quad_text(address->octets, ret_text);
		at = strlen(ret_text);
	} else {
		at = format_ipv6(address->octets, ret_text);
	}
	if (address->zone[0]) {
		at = append_text(ret_text, at, "%");
		append_text(ret_text, at, address->zone);
	}
}

static int parse_quad(struct bytes text, uint8_t ret_octets[4])
{
	struct bytes rest = text;

	for (int i = 0; i < 4; i++) {
		struct bytes part = bytes_cut(&rest, '.');
		uint64_t value;

		/* Other programs read a leading zero as octal: 010 is 8 to inet_aton(). */
		if (part.length > 1 && part.data[0] == '0')
			return -EINVAL;
		if (number_parse(part, 255, &value))
			return -EINVAL;
		if ((i < 3) != (rest.data != NULL))
			return -EINVAL;
		ret_octets[i] = (uint8_t)value;
	}
	return 0;
}

/*
 * Parses groups separated by single colons, the last of which may be a dotted quad. Returns the
 * number of octets written (at most 16) or -EINVAL.
 */
static int parse_groups(struct bytes text, bool may_end_in_quad, uint8_t octets[16])
{
	struct bytes rest = text;
	int count = 0;

	if (text.length == 0)
		return 0;
	while (rest.data) {
		struct bytes part = bytes_cut(&rest, ':');
		uint32_t value;

		if (!rest.data && may_end_in_quad && part.length &&
			memchr(part.data, '.', part.length)) {
			if (count > 12 || parse_quad(part, octets + count))
				return -EINVAL;
			return count + 4;
		}
		if (count > 14 || part.length < 1 || part.length > 4 ||
			number_parse_hex(part.data, part.length, &value))
			return -EINVAL;
		octets[count++] = (uint8_t)(value >> 8);
		octets[count++] = (uint8_t)value;
	}
	return count;
}

static int parse_ipv6(struct bytes text, uint8_t ret_octets[16])
{
	uint8_t front[16] = {0};
	uint8_t back[16] = {0};
	struct bytes head = text;
	int front_length;
	int back_length;

	for (size_t i = 0; i + 1 < text.length; i++) {
		struct bytes tail = bytes_skip(text, i + 2);

		if (text.data[i] != ':' || text.data[i + 1] != ':')
			continue;
		head.length = i;
		front_length = parse_groups(head, false, front);
		back_length = parse_groups(tail, true, back);
		/* "::" replaces at least one group. */
		if (front_length < 0 || back_length < 0 || front_length + back_length > 14)
			return -EINVAL;
		memcpy(ret_octets, front, 16);
		memcpy(ret_octets + 16 - back_length, back, (size_t)back_length);
		return 0;
	}
	if (parse_groups(text, true, front) != 16)
		return -EINVAL;
	memcpy(ret_octets, front, 16);
	return 0;
}

bool address_is_link_local(const struct address *address)
{
	return address->family == FAMILY_IPV6 && address->octets[0] == 0xfe &&
		(address->octets[1] & 0xc0) == 0x80;
}

int address_parse(struct bytes text, enum address_family family, struct address *ret_address)
{
	struct address address = {.family = family};
	struct bytes zone = text;
	struct bytes numeric = bytes_cut(&zone, '%');

	if (zone.data) {
		if (zone.length == 0 || zone.length > ADDRESS_ZONE_MAX ||
			memchr(zone.data, '\0', zone.length))
			return -EINVAL;
		memcpy(address.zone, zone.data, zone.length);
	}
	if (family == FAMILY_IPV4 ? parse_quad(numeric, address.octets)
				  : parse_ipv6(numeric, address.octets))
		return -EINVAL;
	*ret_address = address;
	return 0;
}

int address_compare(const struct address *a, const struct address *b)
{
	int order;

	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	order = memcmp(a->octets, b->octets, sizeof(a->octets));
	return order ? order : strcmp(a->zone, b->zone);
}
