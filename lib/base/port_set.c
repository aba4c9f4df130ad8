#include "base/port_set.h"

#include <errno.h>

#include "base/number.h"

const struct port_set port_set_all;

static int parse_port(struct bytes text, unsigned *ret_port, const char **ret_why)
{
	uint64_t port;
	int error = number_parse(text, PORT_MAX, &port);

	if (error == -EINVAL) {
		*ret_why = text.length ? "not a port: give a number, or a range such as 3000-3100"
				       : "a port is missing";
		return -EINVAL;
	}
	if (error || port == 0) {
		*ret_why = "a port is from 1 to 65535";
		return -EINVAL;
	}
	*ret_port = (unsigned)port;
	return 0;
}

static int parse_range(
	struct bytes range, unsigned *ret_low, unsigned *ret_high, const char **ret_why)
{
	struct bytes rest = range;
	struct bytes low;
	unsigned high_port;
	unsigned low_port;

	if (rest.length && rest.data[0] == ':')
		rest = bytes_skip(rest, 1);
	low = bytes_cut(&rest, '-');
	if (parse_port(low, &low_port, ret_why))
		return -EINVAL;
	high_port = low_port;
	if (rest.data && parse_port(rest, &high_port, ret_why))
		return -EINVAL;
	if (high_port < low_port) {
		*ret_why = "the range runs backwards: the lower port comes first";
		return -EINVAL;
	}
	*ret_low = low_port;
	*ret_high = high_port;
	return 0;
}

void port_set_add_port(struct port_set *set, uint16_t port)
{
	if (port_set_has(set, port))
		return;
	set->bits[port / 64] |= UINT64_C(1) << port % 64;
	set->count++;
}

static void add_range(struct port_set *set, unsigned low, unsigned high)
{
	for (unsigned port = low; port <= high; port++)
		port_set_add_port(set, (uint16_t)port);
}

int port_set_add(struct port_set *set, struct bytes spec, const char **ret_why)
{
	unsigned low;
	unsigned high;

	/* Check all parts first: if one is invalid, none is added. */
	for (struct bytes rest = spec; rest.data;)
		if (parse_range(bytes_cut(&rest, ','), &low, &high, ret_why))
			return -EINVAL;
	while (port_set_cut(&spec, &low, &high))
		add_range(set, low, high);
	return 0;
}

bool port_set_cut(struct bytes *spec, unsigned *ret_low, unsigned *ret_high)
{
	const char *why;

	return spec->data && parse_range(bytes_cut(spec, ','), ret_low, ret_high, &why) == 0;
}

bool port_set_has(const struct port_set *set, uint16_t port)
{
	return set->bits[port / 64] >> port % 64 & 1;
}

void port_set_bounds(const struct port_set *set, uint16_t *ret_low, uint16_t *ret_high)
{
	uint16_t low = 1;
	uint16_t high = PORT_MAX;

	while (set->count && !port_set_has(set, low))
		low++;
	while (set->count && !port_set_has(set, high))
		high--;
	*ret_low = low;
	*ret_high = high;
}
