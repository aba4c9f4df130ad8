#include "ss/ss_row.h"

#include <errno.h>

#include "base/number.h"
#include "words.h"

/* sstate_name[] in misc/ss.c. */
static bool is_state(struct bytes word)
{
	static const char *const states[] = {
		"LISTEN",
		"UNCONN",
		"ESTAB",
		"SYN-SENT",
		"SYN-RECV",
		"FIN-WAIT-1",
		"FIN-WAIT-2",
		"TIME-WAIT",
		"CLOSE-WAIT",
		"LAST-ACK",
		"CLOSING",
		"CLOSED",
		"NEW-SYN-RECV",
		"BOUND-INACTIVE",
		"UNKNOWN",
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (bytes_is(word, states[i]))
			return true;
	return false;
}

struct columns {
	struct bytes netid; /* empty: no such column */
	struct bytes state;
	struct bytes local;
	struct bytes peer;
	struct bytes rest;
};

/* Returns false if the line is not a row. Missing columns are empty. */
static bool cut_columns(struct bytes line, struct columns *ret_columns)
{
	struct columns columns = {0};
	struct bytes first = words_cut(&line);

	columns.state = first;
	if (!is_state(first)) {
		columns.netid = first;
		columns.state = words_cut(&line);
		if (!is_state(columns.state))
			return false;
	}
	words_cut(&line);
	words_cut(&line);
	columns.local = words_cut(&line);
	columns.peer = words_cut(&line);
	columns.rest = words_trim(line);
	*ret_columns = columns;
	return true;
}

bool ss_is_heading(struct bytes line)
{
	struct bytes word = words_cut(&line);

	if (bytes_is(word, "Netid"))
		word = words_cut(&line);
	return bytes_is(word, "State") && bytes_is(words_cut(&line), "Recv-Q") &&
		bytes_is(words_cut(&line), "Send-Q");
}

bool ss_is_row(struct bytes line)
{
	struct columns columns;

	return cut_columns(line, &columns);
}

static bool has(struct bytes text, char byte)
{
	return text.length && memchr(text.data, byte, text.length);
}

bool ss_is_old_row(struct bytes line)
{
	struct columns columns;
	struct bytes host;

	if (!cut_columns(line, &columns) || columns.local.length == 0 ||
		columns.local.data[0] == '[')
		return false;
	host = columns.local;
	host.length -= bytes_last_part(host, ':').length;
	bytes_cut_suffix(&host, ":");
	/* IPv6 without brackets, or IPv4 with the peer "*:*", which only IPv6 sockets have today.
	 */
	return has(host, ':') || (has(host, '.') && bytes_begin_with(columns.peer, bytes_of("*:")));
}

struct bytes ss_cut_row(struct bytes *text)
{
	struct bytes row = bytes_cut(text, '\n');
	struct bytes rest = *text;
	struct bytes next;

	if (!rest.data)
		return row;
	next = bytes_cut(&rest, '\n');
	if (bytes_begin_with(words_trim(next), bytes_of("users:("))) {
		row.length = (size_t)(next.data - row.data) + next.length;
		*text = rest;
	}
	return row;
}

/* Without a Netid column, only TCP has sockets that listen, and only UDP has unconnected ones. */
static bool is_wanted(const struct columns *columns, enum listener_proto *ret_proto)
{
	bool listens = bytes_is(columns->state, "LISTEN");

	if (!listens && !bytes_is(columns->state, "UNCONN"))
		return false;
	*ret_proto = listens ? PROTO_TCP : PROTO_UDP;
	return columns->netid.length == 0 ||
		bytes_is(columns->netid, listener_proto_name(*ret_proto));
}

static enum address_family find_family(struct bytes local, bool is_old)
{
	if (local.data[0] == '[')
		return FAMILY_IPV6;
	if (local.data[0] == '*')
		return is_old ? FAMILY_IPV4 : FAMILY_IPV6;
	local.length -= bytes_last_part(local, ':').length;
	bytes_cut_suffix(&local, ":");
	return has(local, ':') ? FAMILY_IPV6 : FAMILY_IPV4;
}

/* The service's name if ss ran without -n. */
static bool has_port_number(struct bytes local)
{
	struct bytes port = bytes_last_part(local, ':');

	return bytes_is(port, "*") || word_is_number(port);
}

enum parse_result ss_parse_row(
	struct bytes line, bool is_old, struct ss_row *ret_row, const char **ret_why)
{
	struct ss_row row = {0};
	struct columns columns;

	if (!cut_columns(line, &columns) || !is_wanted(&columns, &row.endpoint.proto))
		return PARSE_SKIP;
	if (columns.peer.length == 0) {
		*ret_why = "columns are missing";
		return PARSE_MALFORMED;
	}
	if (!has_port_number(columns.local)) {
		*ret_why = "the port is not a number: run ss with -n";
		return PARSE_MALFORMED;
	}
	if (endpoint_parse(
		    columns.local, ':', find_family(columns.local, is_old), &row.endpoint, ret_why))
		return PARSE_MALFORMED;
	if (row.endpoint.port == 0)
		return PARSE_SKIP;
	if (bytes_cut_prefix(&columns.rest, "users:("))
		row.users = columns.rest;
	*ret_row = row;
	return PARSE_RECORD;
}

/*
 * Names are not escaped, but the kernel cuts them at 15 bytes, too few to contain another
 * holder: the last quotation mark within them ends the name.
 */
static bool cut_name(struct bytes *text, struct bytes *ret_name)
{
	enum { NAME_MAX_LENGTH = 15 };
	struct bytes rest = *text;
	bool is_found = false;

	for (size_t i = 0; i <= NAME_MAX_LENGTH && i + 1 < text->length; i++) {
		if (text->data[i] != '"' || text->data[i + 1] != ',')
			continue;
		*ret_name = (struct bytes){text->data, i};
		rest = bytes_skip(*text, i + 2);
		is_found = true;
	}
	*text = rest;
	return is_found;
}

/* "pid=811", "fd=3", or "proc_ctx=..." with -Z; before iproute2 3.18, only the numbers. */
static int set_holder_field(struct ss_holder *holder, struct bytes field)
{
	struct bytes value = field;
	uint64_t number;

	if (bytes_cut_prefix(&value, "pid=") ||
		(holder->pid == LISTENER_NONE && word_is_number(value))) {
		if (number_parse(value, UINT32_MAX, &number))
			return -EINVAL;
		holder->pid = (int64_t)number;
	} else if (bytes_cut_prefix(&value, "fd=") ||
		(holder->fd == LISTENER_NONE && word_is_number(value))) {
		if (number_parse(value, INT32_MAX, &number))
			return -EINVAL;
		holder->fd = (int64_t)number;
	}
	return 0;
}

int ss_cut_holder(struct bytes *users, struct ss_holder *ret_holder)
{
	struct ss_holder holder = {.pid = LISTENER_NONE, .fd = LISTENER_NONE};
	struct bytes rest = *users;
	struct bytes fields;

	if (!bytes_cut_prefix(&rest, "(\"") || !cut_name(&rest, &holder.command))
		return -EINVAL;
	fields = bytes_cut(&rest, ')');
	while (fields.data)
		if (set_holder_field(&holder, bytes_cut(&fields, ',')))
			return -EINVAL;
	if (holder.pid == LISTENER_NONE || holder.fd == LISTENER_NONE)
		return -EINVAL;
	if (bytes_cut_prefix(&rest, ")"))
		rest = (struct bytes){0};
	else if (!bytes_cut_prefix(&rest, ","))
		return -EINVAL;
	*users = rest;
	*ret_holder = holder;
	return 0;
}
