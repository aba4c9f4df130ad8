#include "published_port.h"

#include <errno.h>

#include "base/array.h"
#include "base/number.h"

struct range {
	uint16_t first;
	uint16_t count;
};

static int read_number(struct bytes text, uint16_t *ret_number)
{
	uint64_t number;

	if (number_parse(text, UINT16_MAX, &number) || number == 0)
		return -EINVAL;
	*ret_number = (uint16_t)number;
	return 0;
}

/* "80" or "8000-8005" */
static int read_range(struct bytes text, struct range *ret_range)
{
	struct bytes rest = text;
	uint16_t first;
	uint16_t last;

	if (read_number(bytes_cut(&rest, '-'), &first))
		return -EINVAL;
	last = first;
	if (rest.data && (read_number(rest, &last) || last < first))
		return -EINVAL;
	*ret_range = (struct range){first, (uint16_t)(last - first + 1)};
	return 0;
}

static int read_proto(struct bytes text, enum listener_proto *ret_proto)
{
	if (bytes_is(text, "tcp"))
		*ret_proto = PROTO_TCP;
	else if (bytes_is(text, "udp"))
		*ret_proto = PROTO_UDP;
	else
		return -EINVAL;
	return 0;
}

static int read_address(struct bytes text, struct published_port *port)
{
	port->is_everywhere = text.length == 0;
	if (port->is_everywhere)
		return 0;
	if (text.length > 2 && text.data[0] == '[' && text.data[text.length - 1] == ']')
		text = (struct bytes){text.data + 1, text.length - 2};
	return address_parse(text, memchr(text.data, ':', text.length) ? FAMILY_IPV6 : FAMILY_IPV4,
		&port->address);
}

static int add(struct published_ports *ports, const struct published_port *port)
{
	struct published_port *items = array_reserve(
		ports->items, ports->count, &ports->capacity, sizeof(*items));

	if (!items)
		return -ENOMEM;
	ports->items = items;
	items[ports->count++] = *port;
	return 0;
}

/* ---- the column of `docker ps` ---- */

/* Cuts off what precedes the last `separator`; -EINVAL if there is none. */
static int cut_last(struct bytes *text, char separator, struct bytes *ret_before)
{
	for (size_t at = text->length; at > 0; at--)
		if (text->data[at - 1] == separator) {
			*ret_before = (struct bytes){text->data, at - 1};
			*text = bytes_skip(*text, at);
			return 0;
		}
	return -EINVAL;
}

/* "[::]:8080->80/tcp" */
static int read_entry(struct bytes entry, struct published_port *ret_port)
{
	struct published_port port = {0};
	struct range outside;
	struct range inside;
	struct bytes container;
	struct bytes address;

	if (cut_last(&entry, '/', &container) || read_proto(entry, &port.proto))
		return -EINVAL;
	/* Neither addresses nor ports contain a '>'. */
	entry = bytes_cut(&container, '>');
	if (!container.data || entry.length == 0 || entry.data[entry.length - 1] != '-')
		return -EINVAL;
	entry.length--;
	if (cut_last(&entry, ':', &address) || read_address(address, &port) ||
		read_range(entry, &outside) || read_range(container, &inside) ||
		outside.count != inside.count)
		return -EINVAL;
	port.host_port = outside.first;
	port.container_port = inside.first;
	port.count = outside.count;
	*ret_port = port;
	return 0;
}

int published_ports_read(struct published_ports *ports, struct bytes text)
{
	int error = 0;

	while (text.data && !error) {
		struct bytes entry = bytes_cut(&text, ',');
		struct published_port port;

		while (entry.length && entry.data[0] == ' ')
			entry = bytes_skip(entry, 1);
		if (read_entry(entry, &port) == 0)
			error = add(ports, &port);
	}
	return error;
}

/* ---- the array of `podman ps` ---- */

static const json_t *member(const json_t *object, const char *name, const char *old_name)
{
	const json_t *value = json_object_get(object, name);

	return value ? value : json_object_get(object, old_name);
}

static int number_of(const json_t *value, uint16_t *ret_number)
{
	json_int_t number = json_integer_value(value); /* 0 if it isn't a number */

	if (number < 1 || number > UINT16_MAX)
		return -EINVAL;
	*ret_number = (uint16_t)number;
	return 0;
}

static struct bytes text_of(const json_t *value)
{
	return (struct bytes){json_string_value(value), json_string_length(value)};
}

static bool is_in_range(uint16_t first, uint16_t count)
{
	return first + count - 1 <= UINT16_MAX;
}

static int read_object(const json_t *object, struct published_port *ret_port)
{
	const json_t *count = json_object_get(object, "range");
	struct published_port port = {.count = 1};

	if (number_of(member(object, "host_port", "hostPort"), &port.host_port) ||
		number_of(
			member(object, "container_port", "containerPort"), &port.container_port) ||
		read_address(text_of(member(object, "host_ip", "hostIP")), &port))
		return -EINVAL;
	/* podman treats 0 and a missing range as 1. */
	if (json_integer_value(count) != 0 && number_of(count, &port.count))
		return -EINVAL;
	if (!is_in_range(port.host_port, port.count) ||
		!is_in_range(port.container_port, port.count))
		return -EINVAL;
	*ret_port = port;
	return 0;
}

int published_ports_read_array(struct published_ports *ports, const json_t *array)
{
	int error = 0;

	for (size_t i = 0; i < json_array_size(array) && !error; i++) {
		const json_t *object = json_array_get(array, i);
		struct bytes protos = text_of(json_object_get(object, "protocol"));
		struct published_port port;

		if (read_object(object, &port))
			continue;
		while (protos.data && !error)
			if (read_proto(bytes_cut(&protos, ','), &port.proto) == 0)
				error = add(ports, &port);
	}
	return error;
}

/* ---- finding one ---- */

static bool is_unspecified(const struct address *address)
{
	static const uint8_t zeros[sizeof(address->octets)];

	return memcmp(address->octets, zeros, sizeof(zeros)) == 0;
}

enum published_match published_port_match(const struct published_port *port,
	enum listener_proto proto, const struct address *address, uint16_t number)
{
	if (port->proto != proto || number < port->host_port ||
		number - port->host_port >= port->count)
		return PUBLISHED_NOT;
	if (port->is_everywhere)
		return PUBLISHED_EVERYWHERE;
	if (address_compare(&port->address, address) == 0)
		return PUBLISHED_EXACTLY;
	/* rootlessport and gvproxy listen on "::" for ports published on 0.0.0.0. */
	return is_unspecified(&port->address) ? PUBLISHED_EVERYWHERE : PUBLISHED_NOT;
}

void published_ports_release(struct published_ports *ports)
{
	free(ports->items);
	*ports = (struct published_ports){0};
}
