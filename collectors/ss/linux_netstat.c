#include "ss/linux_netstat.h"

#include <errno.h>

#include "base/number.h"
#include "words.h"

struct protocol {
	const char *name;
	enum listener_proto proto;
	bool is_ipv6;
};

static const struct protocol protocols[] = {
	{"tcp", PROTO_TCP, false},
	{"tcp6", PROTO_TCP, true},
	{"udp", PROTO_UDP, false},
	{"udp6", PROTO_UDP, true},
};

static const struct protocol *find_protocol(struct bytes name)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (bytes_is(name, protocols[i].name))
			return &protocols[i];
	return NULL;
}

bool linux_netstat_is_row(struct bytes line)
{
	return find_protocol(words_cut(&line)) != NULL;
}

bool linux_netstat_is_heading(struct bytes line)
{
	if (!bytes_is(words_cut(&line), "Proto") || !bytes_is(words_cut(&line), "Recv-Q") ||
		!bytes_is(words_cut(&line), "Send-Q"))
		return false;
	/* BSD's heading has "(state)" or nothing instead. */
	while (line.data)
		if (bytes_is(words_cut(&line), "State"))
			return true;
	return false;
}

static enum address_family find_family(struct bytes local, const struct protocol *protocol)
{
	local.length -= bytes_last_part(local, ':').length;
	bytes_cut_suffix(&local, ":");
	return protocol->is_ipv6 || (local.length && memchr(local.data, ':', local.length))
		? FAMILY_IPV6
		: FAMILY_IPV4;
}

/*
 * Without -W, both programs truncate an address to fill its column of 23 characters, and what
 * remains of fe80::a00:27ff:fe4e:66a1 is still a valid address.
 */
static bool may_be_truncated(struct bytes local, enum address_family family)
{
	enum { COLUMN = 23 };

	return family == FAMILY_IPV6 && local.length == COLUMN;
}

static const char *check_port(struct bytes endpoint)
{
	struct bytes port = bytes_last_part(endpoint, ':');

	if (port.length == endpoint.length)
		return "no port in an address";
	if (!bytes_is(port, "*") && !word_is_number(port))
		return "a port is not a number: run netstat with -n";
	return NULL;
}

/*
 * The name extends to the end of the line. In a title such as "nginx: master", only the part
 * before the colon is the program's name.
 */
static struct bytes cut_title(struct bytes name)
{
	while (name.length && strchr(" \t\r", name.data[name.length - 1]))
		name.length--;
	for (size_t i = 1; i < name.length; i++)
		if (name.data[i] == ':' && (i + 1 == name.length || name.data[i + 1] == ' '))
			name.length = i;
	return name;
}

/* The first word of the form "1234/nginx"; the columns before it are numbers or names. */
static int parse_holder(struct bytes columns, struct linux_netstat_row *row)
{
	struct bytes rest = columns;
	struct bytes word;

	while ((word = words_cut(&rest)).length) {
		struct bytes name = word;
		struct bytes pid_text = bytes_cut(&name, '/');
		uint64_t pid;

		if (!name.data || !word_is_number(pid_text))
			continue;
		if (number_parse(pid_text, UINT32_MAX, &pid))
			return -EINVAL;
		if (rest.data)
			name.length = (size_t)(rest.data + rest.length - name.data);
		row->pid = (int64_t)pid;
		row->command = cut_title(name);
		break;
	}
	return 0;
}

enum parse_result linux_netstat_parse_row(
	struct bytes line, struct linux_netstat_row *ret_row, const char **ret_why)
{
	struct linux_netstat_row row = {.pid = LISTENER_NONE};
	const struct protocol *protocol = find_protocol(words_cut(&line));
	struct bytes queue = words_cut(&line);
	bool has_queues = word_is_number(queue) && word_is_number(words_cut(&line));
	struct bytes local = words_cut(&line);
	struct bytes foreign = words_cut(&line);
	struct bytes columns = line;
	enum address_family family;
	const char *why;

	if (!protocol)
		return PARSE_SKIP;
	row.endpoint.proto = protocol->proto;
	if (!has_queues || foreign.length == 0 ||
		(protocol->proto == PROTO_TCP && words_cut(&line).length == 0)) {
		*ret_why = "columns are missing";
		return PARSE_MALFORMED;
	}
	why = check_port(foreign);
	if (!why)
		why = check_port(local);
	if (why) {
		*ret_why = why;
		return PARSE_MALFORMED;
	}
	if (!bytes_end_with(foreign, bytes_of(":*")))
		return PARSE_SKIP;
	family = find_family(local, protocol);
	if (may_be_truncated(local, family)) {
		*ret_why = "the address may be cut off: run netstat with -W";
		return PARSE_MALFORMED;
	}
	if (endpoint_parse(local, ':', family, &row.endpoint, ret_why))
		return PARSE_MALFORMED;
	if (row.endpoint.port == 0)
		return PARSE_SKIP;
	if (parse_holder(columns, &row)) {
		*ret_why = "the pid is not a number from 0 to 4294967295";
		return PARSE_MALFORMED;
	}
	*ret_row = row;
	return PARSE_RECORD;
}
