#include "asked_ports.h"

#include <errno.h>

#include "base/number.h"

static const char no_port[] = "a port from 1 to 65535 is missing";

/* Cuts off a scheme such as "http://"; *ret_port is its default port. */
static bool cut_scheme(struct bytes *text, unsigned *ret_port)
{
	static const struct {
		const char *prefix;
		unsigned port;
	} schemes[] = {
		{"http://", 80}, {"https://", 443}, {"ws://", 80}, {"wss://", 443}, {"tcp://", 0}};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (bytes_cut_prefix(text, schemes[i].prefix)) {
			*ret_port = schemes[i].port;
			return true;
		}
	return false;
}

/* The index of the last ':' outside brackets, or the length if there is none. */
static size_t port_separator(struct bytes text)
{
	for (size_t i = text.length; i > 0 && text.data[i - 1] != ']'; i--)
		if (text.data[i - 1] == ':')
			return i - 1;
	return text.length;
}

static bool cut_brackets(struct bytes *host)
{
	if (host->length < 2 || host->data[0] != '[' || host->data[host->length - 1] != ']')
		return false;
	*host = bytes_skip(*host, 1);
	host->length--;
	return true;
}

static bool is_zero(const struct address *address)
{
	static const uint8_t zero[sizeof(address->octets)];

	return memcmp(address->octets, zero, sizeof(zero)) == 0;
}

static int read_host(struct bytes host, struct asked_port *asked, const char **ret_why)
{
	bool is_ipv6 = cut_brackets(&host);

	/* The host of ":::3000" is "::", and ":3000" has none. */
	if (host.length == 0 || bytes_is(host, "*"))
		return 0;
	if (bytes_is(host, "localhost")) {
		asked->address_kind = ASKED_LOCALHOST;
		return 0;
	}
	if ((is_ipv6 || address_parse(host, FAMILY_IPV4, &asked->address)) &&
		address_parse(host, FAMILY_IPV6, &asked->address)) {
		*ret_why = "not a numeric address: give one, or the port alone";
		return -EINVAL;
	}
	asked->address_kind = is_zero(&asked->address) ? ASKED_ANY : ASKED_ADDRESS;
	return 0;
}

static int read_endpoint(
	struct bytes place, unsigned default_port, struct asked_port *asked, const char **ret_why)
{
	size_t separator = port_separator(place);
	struct bytes host = {place.data, separator};
	uint64_t port = default_port;

	*ret_why = no_port;
	if (separator < place.length &&
		number_parse(bytes_skip(place, separator + 1), PORT_MAX, &port))
		return -EINVAL;
	if (port == 0)
		return -EINVAL;
	asked->port = (uint16_t)port;
	return read_host(host, asked, ret_why);
}

int asked_port_read(struct bytes text, struct asked_port *ret_asked, const char **ret_why)
{
	struct asked_port asked = {0};
	unsigned default_port = 0;
	bool has_scheme = cut_scheme(&text, &default_port);
	struct bytes rest = text;
	struct bytes place = bytes_cut(&rest, '/');
	int error;

	*ret_why = NULL;
	if (!has_scheme && rest.data) {
		asked.has_proto = true;
		asked.proto = bytes_is(rest, "udp") ? PROTO_UDP : PROTO_TCP;
		if (asked.proto == PROTO_TCP && !bytes_is(rest, "tcp"))
			return -EINVAL;
		/* "3000/tcp" is a port without an address. */
		if (port_separator(place) == place.length) {
			uint64_t port;

			if (number_parse(place, PORT_MAX, &port) || port == 0) {
				*ret_why = no_port;
				return -EINVAL;
			}
			asked.port = (uint16_t)port;
			*ret_asked = asked;
			return 0;
		}
	}
	if (!has_scheme && port_separator(place) == place.length)
		return -EINVAL;
	error = read_endpoint(place, default_port, &asked, ret_why);
	if (!error)
		*ret_asked = asked;
	return error;
}

static bool is_mapped(const struct address *address)
{
	static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};

	return address->family == FAMILY_IPV6 &&
		memcmp(address->octets, prefix, sizeof(prefix)) == 0;
}

/* A requested address without a zone matches on every link. */
static bool addresses_match(const struct address *listed, const struct address *asked)
{
	struct address without_zone = *listed;

	if (is_mapped(listed) && asked->family == FAMILY_IPV4)
		return memcmp(listed->octets + 12, asked->octets, 4) == 0;
	if (!asked->zone[0])
		without_zone.zone[0] = '\0';
	return address_compare(&without_zone, asked) == 0;
}

/* Whether a connection to the address would be answered by the listener. */
static bool answers(const struct listener *listener, const struct address *address)
{
	if (!is_zero(&listener->address))
		return addresses_match(&listener->address, address);
	if (listener->address.family == address->family)
		return true;
	return listener->address.family == FAMILY_IPV6 && listener->v6only != V6ONLY_YES;
}

static bool item_matches(const struct asked_port *item, const struct listener *listener)
{
	static const struct address loopback[] = {
		{.family = FAMILY_IPV4, .octets = {127, 0, 0, 1}},
		{.family = FAMILY_IPV6, .octets = {[15] = 1}},
	};

	if (item->port != listener->port)
		return false;
	switch (item->address_kind) {
	case ASKED_ADDRESS:
		return answers(listener, &item->address);
	case ASKED_LOCALHOST:
		return answers(listener, &loopback[0]) || answers(listener, &loopback[1]);
	case ASKED_ANY:
		break;
	}
	return true;
}

bool asked_ports_want(const struct asked_ports *asked, const struct listener *listener)
{
	bool is_default = listener->proto == PROTO_TCP ? asked->wants_tcp : asked->wants_udp;

	if (asked->has_plain && is_default && port_set_has(&asked->plain, listener->port))
		return true;
	for (size_t i = 0; i < asked->count; i++) {
		const struct asked_port *item = &asked->items[i];

		if ((item->has_proto ? item->proto == listener->proto : is_default) &&
			item_matches(item, listener))
			return true;
	}
	return false;
}
