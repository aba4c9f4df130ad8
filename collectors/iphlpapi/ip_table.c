#include "ip_table.h"

#include <errno.h>

enum {
	COUNT_SIZE = 4,
	STATE_LISTEN = 2, /* MIB_TCP_STATE_LISTEN */
};

/* Offsets of fields in a row. UDP has no state, IPv4 no zone. */
struct layout {
	size_t size;
	size_t address;
	size_t zone;
	size_t port;
	size_t state;
	size_t pid;
};

static const struct layout layouts[2][2] = {
	[PROTO_TCP] =
		{
			[FAMILY_IPV4] =
				{.size = 24, .state = 0, .address = 4, .port = 8, .pid = 20},
			[FAMILY_IPV6] = {.size = 56,
				.address = 0,
				.zone = 16,
				.port = 20,
				.state = 48,
				.pid = 52},
		},
	[PROTO_UDP] =
		{
			[FAMILY_IPV4] = {.size = 12, .address = 0, .port = 4, .pid = 8},
			[FAMILY_IPV6] =
				{.size = 28, .address = 0, .zone = 16, .port = 20, .pid = 24},
		},
};

static uint32_t number_at(struct bytes bytes, size_t at)
{
	const unsigned char *number = (const unsigned char *)bytes.data + at;

	return (uint32_t)number[0] | (uint32_t)number[1] << 8 | (uint32_t)number[2] << 16 |
		(uint32_t)number[3] << 24;
}

int ip_table_begin(struct bytes bytes, enum listener_proto proto, enum address_family family,
	struct ip_table *ret_table)
{
	size_t size = layouts[proto][family].size;
	size_t count;

	if (bytes.length < COUNT_SIZE)
		return -EBADMSG;
	count = number_at(bytes, 0);
	bytes = bytes_skip(bytes, COUNT_SIZE);
	if (count > bytes.length / size)
		return -EBADMSG;
	bytes.length = count * size;
	*ret_table = (struct ip_table){proto, family, bytes};
	return 0;
}

/*
 * Microsoft documents zones in network order, but programs exist that read them in either order.
 * Interface numbers are small, so the order is known.
 */
static uint32_t zone_at(struct bytes row, size_t at)
{
	uint32_t zone = number_at(row, at);
	uint32_t swapped = zone >> 24 | (zone >> 8 & 0xff00) | (zone << 8 & 0xff0000) | zone << 24;

	return zone < swapped ? zone : swapped;
}

static struct address address_at(
	struct bytes row, enum address_family family, const struct layout *layout)
{
	struct address address = {.family = family};
	uint32_t zone;

	memcpy(address.octets, row.data + layout->address, family == FAMILY_IPV6 ? 16 : 4);
	/* Undefined for other addresses. */
	zone = address_is_link_local(&address) ? zone_at(row, layout->zone) : 0;
	if (zone)
		snprintf(address.zone, sizeof(address.zone), "%u", (unsigned)zone);
	return address;
}

bool ip_table_next(struct ip_table *table, struct ip_table_row *ret_row)
{
	const struct layout *layout = &layouts[table->proto][table->family];

	while (table->rows.length) {
		struct bytes row = {table->rows.data, layout->size};
		const unsigned char *port = (const unsigned char *)row.data + layout->port;
		uint32_t pid = number_at(row, layout->pid);

		table->rows = bytes_skip(table->rows, layout->size);
		/* The port is in the first two bytes; the others are undefined. */
		if ((port[0] == 0 && port[1] == 0) ||
			(table->proto == PROTO_TCP &&
				number_at(row, layout->state) != STATE_LISTEN))
			continue;
		*ret_row = (struct ip_table_row){
			.endpoint = {.proto = table->proto,
				.address = address_at(row, table->family, layout),
				.port = (uint16_t)(port[0] << 8 | port[1])},
			.pid = pid ? (int64_t)pid : LISTENER_NONE,
		};
		return true;
	}
	return false;
}
