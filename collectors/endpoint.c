#include "endpoint.h"

#include <errno.h>

#include "base/number.h"

/* The index of the last separator outside brackets, or the length if there is none. */
static size_t find_separator(struct bytes text, char separator)
{
	for (size_t i = text.length; i > 0; i--) {
		if (text.data[i - 1] == separator)
			return i - 1;
		if (text.data[i - 1] == ']')
			break;
	}
	return text.length;
}

/* The interface after a host: ss prints "[fe80::1]%eth0", "*%eth0". */
static struct bytes cut_zone(struct bytes *host)
{
	struct bytes last = bytes_last_part(*host, ']');
	struct bytes zone = {0};

	if (bytes_begin_with(*host, bytes_of("[")) && bytes_begin_with(last, bytes_of("%"))) {
		zone = bytes_skip(last, 1);
		host->length -= last.length;
	} else if (bytes_begin_with(*host, bytes_of("*%"))) {
		zone = bytes_skip(*host, 2);
		host->length = 1;
	}
	return zone;
}

static struct bytes without_brackets(struct bytes text)
{
	if (text.length >= 2 && text.data[0] == '[' && text.data[text.length - 1] == ']')
		return (struct bytes){text.data + 1, text.length - 2};
	return text;
}

static int set_zone(struct address *address, struct bytes zone)
{
	if (!zone.data)
		return 0;
	if (address->zone[0] || zone.length == 0 || zone.length > ADDRESS_ZONE_MAX ||
		memchr(zone.data, '\0', zone.length))
		return -EINVAL;
	memcpy(address->zone, zone.data, zone.length);
	return 0;
}

static void extract_zone(struct address *address)
{
	uint8_t *octets = address->octets;
	unsigned zone = (unsigned)octets[2] << 8 | octets[3];

	if (!address_is_link_local(address) || zone == 0)
		return;
	octets[2] = 0;
	octets[3] = 0;
	if (!address->zone[0])
		snprintf(address->zone, sizeof(address->zone), "%u", zone);
}

/* An IPv6 socket bound to an IPv4 address is printed with the IPv4 address alone. */
static int parse_mapped(struct bytes text, struct address *ret_address)
{
	struct address ipv4;

	if (address_parse(text, FAMILY_IPV4, &ipv4))
		return -EINVAL;
	*ret_address = (struct address){
		.family = FAMILY_IPV6, .octets = {[10] = 0xff, [11] = 0xff}};
	memcpy(ret_address->octets + 12, ipv4.octets, 4);
	return 0;
}

static int parse_host(struct bytes text, enum address_family family, struct address *ret_address)
{
	struct bytes zone = cut_zone(&text);
	struct bytes host = without_brackets(text);

	if (bytes_is(host, "*")) {
		*ret_address = (struct address){.family = family};
	} else {
		if (address_parse(host, family, ret_address) &&
			(family == FAMILY_IPV4 || parse_mapped(host, ret_address)))
			return -EINVAL;
		extract_zone(ret_address);
	}
	return set_zone(ret_address, zone);
}

int endpoint_parse(struct bytes text, char separator, enum address_family family,
	struct endpoint *ret_endpoint, const char **ret_why)
{
	size_t end = find_separator(text, separator);
	struct endpoint endpoint = {.proto = ret_endpoint->proto};
	struct bytes port_text;
	uint64_t port = 0;

	if (end == text.length) {
		*ret_why = "no port";
		return -EINVAL;
	}
	port_text = bytes_skip(text, end + 1);
	if (parse_host((struct bytes){text.data, end}, family, &endpoint.address)) {
		*ret_why = "not a numeric address: run the tool with -n";
		return -EINVAL;
	}
	if (!bytes_is(port_text, "*") &&
		(number_parse(port_text, UINT16_MAX, &port) || port == 0)) {
		*ret_why = "not a port from 1 to 65535: run the tool with numeric ports";
		return -EINVAL;
	}
	endpoint.port = (uint16_t)port;
	*ret_endpoint = endpoint;
	return 0;
}

int endpoint_compare(const struct endpoint *a, const struct endpoint *b)
{
	struct address first = a->address;
	struct address second = b->address;
	int order = (a->port > b->port) - (a->port < b->port);

	if (!order)
		order = (a->proto > b->proto) - (a->proto < b->proto);
	first.zone[0] = '\0';
	second.zone[0] = '\0';
	return order ? order : address_compare(&first, &second);
}
