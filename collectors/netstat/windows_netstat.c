#include "windows_netstat.h"

#include <errno.h>

#include "base/number.h"
#include "words.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* These names are not translated, and are used for IPv6, too. */
static int find_proto(struct bytes name, enum listener_proto *ret_proto)
{
	if (bytes_is(name, "TCP"))
		*ret_proto = PROTO_TCP;
	else if (bytes_is(name, "UDP"))
		*ret_proto = PROTO_UDP;
	else
		return -ENOENT;
	return 0;
}

bool windows_netstat_is_row(struct bytes line)
{
	enum listener_proto proto;

	line = words_unquote(line);
	return find_proto(words_cut(&line), &proto) == 0;
}

/*
 * Whether there is no peer: "0.0.0.0:0", "[::]:0" or "*:*". The host is ignored: without -n it is
 * the machine's own name.
 */
static int parse_foreign(struct bytes text, bool *ret_lacks_peer, const char **ret_why)
{
	size_t start = text.length;
	struct bytes port_text;
	uint64_t port = 0;

	while (start && text.data[start - 1] != ':')
		start--;
	if (start == 0) {
		*ret_why = "no port in the foreign address";
		return -EINVAL;
	}
	port_text = bytes_skip(text, start);
	if (!bytes_is(port_text, "*") && number_parse(port_text, UINT16_MAX, &port)) {
		*ret_why = "the foreign port is not a number: run netstat with -n";
		return -EINVAL;
	}
	*ret_lacks_peer = port == 0;
	return 0;
}

/*
 * The pid is the last column that begins with a digit: a state may have several
 * words, and -t, -x and -y add columns with words of their own.
 */
static int parse_pid(struct bytes columns, struct windows_netstat_row *row, const char **ret_why)
{
	struct bytes text = {0};
	struct bytes word;
	uint64_t pid;

	while ((word = words_cut(&columns)).length)
		if (is_digit(word.data[0]))
			text = word;
	row->has_pid = text.length != 0;
	row->pid = LISTENER_NONE;
	if (!row->has_pid)
		return 0;
	/* Windows' pids have 32 bits. */
	if (number_parse(text, UINT32_MAX, &pid)) {
		*ret_why = "the pid is not a number from 0 to 4294967295";
		return -EINVAL;
	}
	if (pid)
		row->pid = (int64_t)pid;
	return 0;
}

enum parse_result windows_netstat_parse_row(
	struct bytes line, struct windows_netstat_row *ret_row, const char **ret_why)
{
	struct windows_netstat_row row = {0};
	struct bytes local;
	struct bytes foreign;
	struct bytes columns = line;
	enum address_family family;
	bool lacks_peer;

	line = words_unquote(line);
	if (find_proto(words_cut(&line), &row.endpoint.proto)) {
		if (!words_look_like_socket(columns))
			return PARSE_SKIP;
		*ret_why = "neither TCP nor UDP before the addresses";
		return PARSE_MALFORMED;
	}
	local = words_cut(&line);
	foreign = words_cut(&line);
	columns = line;
	/* A TCP row has a state: one without was truncated, maybe within its last port. */
	if (foreign.length == 0 ||
		(row.endpoint.proto == PROTO_TCP && words_cut(&line).length == 0)) {
		*ret_why = "columns are missing";
		return PARSE_MALFORMED;
	}
	if (parse_foreign(foreign, &lacks_peer, ret_why))
		return PARSE_MALFORMED;
	if (!lacks_peer)
		return PARSE_SKIP;
	family = local.data[0] == '[' ? FAMILY_IPV6 : FAMILY_IPV4;
	if (endpoint_parse(local, ':', family, &row.endpoint, ret_why) ||
		parse_pid(columns, &row, ret_why))
		return PARSE_MALFORMED;
	/* "*": not bound. */
	if (row.endpoint.port == 0)
		return PARSE_SKIP;
	*ret_row = row;
	return PARSE_RECORD;
}

int windows_netstat_parse_owner(struct bytes line, struct bytes *ret_name)
{
	struct bytes name = words_trim(line);

	while (bytes_cut_prefix(&name, ">"))
		name = words_trim(name);
	while (name.length && strchr(" \t\r", name.data[name.length - 1]))
		name.length--;
	if (!bytes_cut_prefix(&name, "[") || !bytes_cut_suffix(&name, "]") || name.length == 0)
		return -ENOENT;
	*ret_name = name;
	return 0;
}
