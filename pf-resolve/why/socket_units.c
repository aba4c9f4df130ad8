#include "socket_units.h"

#include "base/number.h"
#include "unit_name.h"

/* "[::]:53" */
static bool is_socket(struct bytes text, const struct address *address, uint16_t port)
{
	struct address listed;
	struct address wanted = *address;
	struct bytes host = text;
	enum address_family family = FAMILY_IPV4;
	uint64_t number;

	while (host.length && host.data[host.length - 1] != ':')
		host.length--;
	if (host.length == 0 || number_parse(bytes_skip(text, host.length), UINT16_MAX, &number) ||
		number != port)
		return false;
	host.length--;
	if (host.length > 2 && host.data[0] == '[' && host.data[host.length - 1] == ']') {
		family = FAMILY_IPV6;
		host = bytes_skip(host, 1);
		host.length--;
	}
	/* The interface of BindToDevice= is not shown with the address. */
	if (!address_is_link_local(&wanted))
		wanted.zone[0] = '\0';
	return address_parse(host, family, &listed) == 0 && address_compare(&listed, &wanted) == 0;
}

/* "127.0.0.1:7109 (Stream)" */
static bool is_listed(
	struct bytes value, enum listener_proto proto, const struct address *address, uint16_t port)
{
	struct bytes kind = value;
	struct bytes socket = bytes_cut(&kind, ' ');

	return bytes_is(kind, proto == PROTO_TCP ? "(Stream)" : "(Datagram)") &&
		is_socket(socket, address, port);
}

bool socket_units_find(struct bytes text, enum listener_proto proto, const struct address *address,
	uint16_t port, struct socket_unit *ret_unit)
{
	static const char *const types[] = {".socket", NULL};
	struct socket_unit unit = {0};
	bool is_found = false;

	while (text.data) {
		struct bytes value = bytes_cut(&text, '\n');
		struct bytes key = bytes_cut(&value, '=');

		if (bytes_is(key, "Id"))
			unit.id = value;
		else if (bytes_is(key, "Triggers"))
			unit.triggers = value;
		else if (bytes_is(key, "Listen"))
			is_found = is_found || is_listed(value, proto, address, port);
		if (key.length && text.data)
			continue;
		if (is_found && unit_name_is_valid(unit.id, types)) {
			*ret_unit = unit;
			return true;
		}
		unit = (struct socket_unit){0};
		is_found = false;
	}
	return false;
}
