#include "proc_net.h"

#include <errno.h>

#include "base/number.h"

enum {
	/* The numbers of enum tcp_states in include/net/tcp_states.h. */
	STATE_CLOSE = 0x07, /* for UDP: bound, and not connected */
	STATE_LISTEN = 0x0a,
};

int proc_net_parse_heading(struct bytes line, struct proc_net_table *table)
{
	struct {
		struct bytes name;
		int *column;
	} wanted[] = {
		{bytes_of("local_address"), &table->local_address},
		{bytes_of("st"), &table->state},
		{bytes_of("uid"), &table->uid},
		{bytes_of("inode"), &table->inode},
	};
	enum { COUNT = sizeof(wanted) / sizeof(wanted[0]) };
	const struct bytes second_halves[] = {bytes_of("rx_queue"), bytes_of("tm->when")};
	int column = 0;

	for (int i = 0; i < COUNT; i++)
		*wanted[i].column = -1;
	for (;;) {
		struct bytes word = bytes_cut_word(&line);

		if (word.length == 0)
			break;
		/* Two names, one column: "tx_queue rx_queue" heads 00000000:00000000. */
		if (bytes_equal(word, second_halves[0]) || bytes_equal(word, second_halves[1]))
			continue;
		for (int i = 0; i < COUNT; i++)
			if (bytes_equal(word, wanted[i].name))
				*wanted[i].column = column;
		column++;
	}
	for (int i = 0; i < COUNT; i++)
		if (*wanted[i].column < 0)
			return -EINVAL;
	return 0;
}

/* "0100007F:0BB8": words of 8 digits in the machine's byte order, and the port. */
static int parse_endpoint(struct bytes text, const struct proc_net_table *table,
	struct address *ret_address, uint32_t *ret_port)
{
	size_t words = table->family == FAMILY_IPV4 ? 1 : 4;
	struct address address = {.family = table->family};
	uint32_t port;

	if (text.length != words * 8 + 5 || text.data[words * 8] != ':' ||
		number_parse_hex(text.data + words * 8 + 1, 4, &port))
		return -EINVAL;
	for (size_t word = 0; word < words; word++) {
		uint32_t value;

		if (number_parse_hex(text.data + word * 8, 8, &value))
			return -EINVAL;
		for (unsigned byte = 0; byte < 4; byte++) {
			unsigned shift = table->order == ORDER_LITTLE ? byte * 8 : 24 - byte * 8;

			address.octets[word * 4 + byte] = (uint8_t)(value >> shift);
		}
	}
	*ret_address = address;
	*ret_port = port;
	return 0;
}

static bool listens(enum listener_proto proto, uint32_t state)
{
	return state == (proto == PROTO_TCP ? STATE_LISTEN : STATE_CLOSE);
}

enum parse_result proc_net_parse_row(struct bytes line, const struct proc_net_table *table,
	struct socket_row *ret_row, const char **ret_why)
{
	struct bytes local = {0};
	struct bytes state = {0};
	struct bytes uid = {0};
	struct bytes inode = {0};
	struct socket_row row = {0};
	uint32_t number;
	uint64_t uid_number;
	int column = 0;

	for (struct bytes word = bytes_cut_word(&line); word.length; word = bytes_cut_word(&line)) {
		if (column == table->local_address)
			local = word;
		if (column == table->state)
			state = word;
		if (column == table->uid)
			uid = word;
		if (column == table->inode)
			inode = word;
		column++;
	}
	if (column == 0)
		return PARSE_SKIP;
	*ret_why = "st: not two hexadecimal digits";
	if (state.length != 2 || number_parse_hex(state.data, 2, &number))
		return PARSE_MALFORMED;
	if (!listens(table->proto, number))
		return PARSE_SKIP;
	*ret_why = "local_address: not a hexadecimal address and port";
	if (parse_endpoint(local, table, &row.address, &number))
		return PARSE_MALFORMED;
	*ret_why = "local_address: the port is 0";
	if (number == 0)
		return PARSE_MALFORMED;
	row.port = (uint16_t)number;
	*ret_why = "uid: not a number";
	if (number_parse(uid, UINT32_MAX, &uid_number))
		return PARSE_MALFORMED;
	row.uid = (uint32_t)uid_number;
	*ret_why = "inode: not a number";
	if (number_parse(inode, INT64_MAX, &row.inode))
		return PARSE_MALFORMED;
	row.ends_with_inode = column == table->inode + 1;
	*ret_row = row;
	return PARSE_RECORD;
}
