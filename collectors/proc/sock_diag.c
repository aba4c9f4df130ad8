#include "sock_diag.h"

#include <errno.h>

enum {
	/* linux/netlink.h */
	NETLINK_ALIGNMENT = 4,
	NETLINK_REQUEST = 0x1, /* NLM_F_REQUEST */
	NETLINK_DUMP = 0x300, /* NLM_F_DUMP */
	NETLINK_DONE = 3, /* NLMSG_DONE */
	/* linux/sock_diag.h */
	SOCK_DIAG_BY_FAMILY = 20,
	/* The numbers of enum tcp_states in include/net/tcp_states.h. */
	STATE_CLOSE = 7, /* for UDP: bound, and not connected */
	STATE_LISTEN = 10,
	/* linux/inet_diag.h */
	REQUEST_BYTECODE = 1, /* INET_DIAG_REQ_BYTECODE */
	ATTRIBUTE_V6ONLY = 11, /* INET_DIAG_SKV6ONLY */
	BYTECODE_PORT_FROM = 2, /* INET_DIAG_BC_S_GE */
	BYTECODE_PORT_TO = 3, /* INET_DIAG_BC_S_LE */
	/* linux/socket.h, linux/in.h */
	FAMILY_INET = 2,
	FAMILY_INET6 = 10,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
};

struct netlink_header {
	uint32_t length; /* this header's included */
	uint16_t type;
	uint16_t flags;
	uint32_t sequence;
	uint32_t port;
};

struct inet_diag_id {
	unsigned char source_port[2];
	unsigned char destination_port[2];
	unsigned char source[16];
	unsigned char destination[16];
	uint32_t interface;
	uint32_t cookie[2];
};

struct inet_diag_request {
	uint8_t family;
	uint8_t protocol;
	uint8_t extensions;
	uint8_t padding;
	uint32_t states; /* one bit per state */
	struct inet_diag_id id;
};

struct inet_diag_message {
	uint8_t family;
	uint8_t state;
	uint8_t timer;
	uint8_t retransmissions;
	struct inet_diag_id id;
	uint32_t expires;
	uint32_t receive_queue;
	uint32_t write_queue;
	uint32_t uid;
	uint32_t inode;
};

struct attribute {
	uint16_t length; /* this header's included */
	uint16_t type;
};

/* A step of the kernel's filter: offsets of the next step if it holds (`yes`) or not (`no`). */
struct bytecode {
	uint8_t code;
	uint8_t yes;
	uint16_t no;
};

static size_t align(size_t length)
{
	return (length + NETLINK_ALIGNMENT - 1) / NETLINK_ALIGNMENT * NETLINK_ALIGNMENT;
}

/*
 * The port is in `no` of a step of its own after the comparison. A jump to one step beyond the end
 * rejects the socket.
 */
static size_t append_filter(const struct sock_diag_query *query, unsigned char *request)
{
	enum { STEP = sizeof(struct bytecode) };
	const struct bytecode steps[] = {
		{.code = BYTECODE_PORT_FROM, .yes = 2 * STEP, .no = 4 * STEP + STEP},
		{.no = query->low},
		{.code = BYTECODE_PORT_TO, .yes = 2 * STEP, .no = 2 * STEP + STEP},
		{.no = query->high},
	};
	const struct attribute attribute = {sizeof(attribute) + sizeof(steps), REQUEST_BYTECODE};

	memcpy(request, &attribute, sizeof(attribute));
	memcpy(request + sizeof(attribute), steps, sizeof(steps));
	return attribute.length;
}

size_t sock_diag_request(
	const struct sock_diag_query *query, unsigned char ret_request[SOCK_DIAG_REQUEST_MAX])
{
	const bool is_tcp = query->proto == PROTO_TCP;
	const struct inet_diag_request request = {
		.family = query->family == FAMILY_IPV4 ? FAMILY_INET : FAMILY_INET6,
		.protocol = is_tcp ? PROTOCOL_TCP : PROTOCOL_UDP,
		.states = 1U << (is_tcp ? STATE_LISTEN : STATE_CLOSE),
	};
	struct netlink_header header = {
		.length = sizeof(header) + sizeof(request),
		.type = SOCK_DIAG_BY_FAMILY,
		.flags = NETLINK_REQUEST | NETLINK_DUMP,
	};

	memset(ret_request, 0, SOCK_DIAG_REQUEST_MAX);
	if (query->low > 1 || query->high < UINT16_MAX)
		header.length += (uint32_t)append_filter(query, ret_request + header.length);
	memcpy(ret_request, &header, sizeof(header));
	memcpy(ret_request + sizeof(header), &request, sizeof(request));
	return header.length;
}

/* IPV6_V6ONLY, from the attributes that follow the message. */
static enum v6only find_v6only(struct bytes attributes)
{
	struct attribute attribute;

	while (attributes.length > sizeof(attribute)) {
		memcpy(&attribute, attributes.data, sizeof(attribute));
		if (attribute.length < sizeof(attribute) || attribute.length > attributes.length)
			break;
		if (attribute.type == ATTRIBUTE_V6ONLY && attribute.length > sizeof(attribute))
			return attributes.data[sizeof(attribute)] ? V6ONLY_YES : V6ONLY_NO;
		if (align(attribute.length) >= attributes.length)
			break;
		attributes = bytes_skip(attributes, align(attribute.length));
	}
	return V6ONLY_UNKNOWN;
}

static int read_row(struct bytes body, enum address_family family, struct socket_row *ret_row)
{
	struct inet_diag_message message;
	struct socket_row row = {.address.family = family};

	if (body.length < sizeof(message))
		return -EBADMSG;
	memcpy(&message, body.data, sizeof(message));
	memcpy(row.address.octets, message.id.source, family == FAMILY_IPV4 ? 4 : 16);
	row.port = (uint16_t)(message.id.source_port[0] << 8 | message.id.source_port[1]);
	row.uid = message.uid;
	row.inode = message.inode;
	if (family == FAMILY_IPV6)
		row.v6only = find_v6only(bytes_skip(body, sizeof(message)));
	row.interface = message.id.interface;
	*ret_row = row;
	return 1;
}

int sock_diag_next(struct bytes *answer, enum address_family family, struct socket_row *ret_row)
{
	struct netlink_header header;

	while (answer->length >= sizeof(header)) {
		struct bytes body;

		memcpy(&header, answer->data, sizeof(header));
		if (header.length < sizeof(header) || header.length > answer->length)
			return -EBADMSG;
		body = (struct bytes){
			answer->data + sizeof(header), header.length - sizeof(header)};
		*answer = align(header.length) < answer->length
			? bytes_skip(*answer, align(header.length))
			: (struct bytes){0};
		if (header.type == NETLINK_DONE)
			return 0;
		if (header.type == SOCK_DIAG_BY_FAMILY)
			return read_row(body, family, ret_row);
	}
	/* The kernel ends each dump with NLMSG_DONE. */
	return -EBADMSG;
}
