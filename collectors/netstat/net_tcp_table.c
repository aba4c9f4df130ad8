#include "net_tcp_table.h"

#include "base/number.h"
#include "words.h"

static bool read_heading(struct net_tcp_table *table, struct bytes line)
{
	static const char *const names[] = {
		"LocalAddress", "LocalPort", "RemoteAddress", "RemotePort", "State"};
	struct bytes word;
	struct bytes last = {0};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!bytes_is(words_cut(&line), names[i]))
			return false;
	while ((word = words_cut(&line)).length)
		last = word;
	table->has_heading = true;
	table->has_pid = bytes_is(last, "OwningProcess");
	return true;
}

/* AppliedSetting may be empty: the pid is the last word. */
static int parse_pid(struct bytes columns, struct windows_netstat_row *row, const char **ret_why)
{
	struct bytes word;
	struct bytes last = {0};
	uint64_t pid;

	while ((word = words_cut(&columns)).length)
		last = word;
	if (number_parse(last, UINT32_MAX, &pid)) {
		*ret_why = "the pid is not a number from 0 to 4294967295";
		return -1;
	}
	row->has_pid = true;
	if (pid)
		row->pid = (int64_t)pid;
	return 0;
}

static int parse_port(struct bytes text, uint64_t *ret_port, const char **ret_why)
{
	if (number_parse(text, UINT16_MAX, ret_port) == 0)
		return 0;
	*ret_why = "a port is not a number from 0 to 65535";
	return -1;
}

static enum parse_result parse_row(const struct net_tcp_table *table, struct bytes line,
	struct windows_netstat_row *ret_row, const char **ret_why)
{
	struct windows_netstat_row row = {.endpoint.proto = PROTO_TCP, .pid = LISTENER_NONE};
	struct bytes address = words_cut(&line);
	struct bytes port_text = words_cut(&line);
	struct bytes remote_address = words_cut(&line);
	struct bytes remote_port_text = words_cut(&line);
	struct bytes state = words_cut(&line);
	bool is_ipv6 = address.length && memchr(address.data, ':', address.length);
	uint64_t port = 0;
	uint64_t remote_port;

	if (remote_address.length == 0 || state.length == 0) {
		*ret_why = "columns are missing";
		return PARSE_MALFORMED;
	}
	if (parse_port(port_text, &port, ret_why) ||
		parse_port(remote_port_text, &remote_port, ret_why))
		return PARSE_MALFORMED;
	/* A socket that is bound but doesn't listen has no remote port, either. */
	if (!bytes_is(state, "Listen") || port == 0)
		return PARSE_SKIP;
	if (address_parse(address, is_ipv6 ? FAMILY_IPV6 : FAMILY_IPV4, &row.endpoint.address)) {
		*ret_why = "not a whole address: pipe the table through Format-Table -AutoSize";
		return PARSE_MALFORMED;
	}
	if (table->has_pid && parse_pid(line, &row, ret_why))
		return PARSE_MALFORMED;
	row.endpoint.port = (uint16_t)port;
	*ret_row = row;
	return PARSE_RECORD;
}

/* A prompt or a command may follow the table. */
static bool has_port(struct bytes line)
{
	struct bytes words[4];

	for (size_t i = 0; i < 4; i++)
		words[i] = words_cut(&line);
	return word_is_number(words[1]) || word_is_number(words[3]);
}

enum parse_result net_tcp_table_parse_line(struct net_tcp_table *table, struct bytes line,
	struct windows_netstat_row *ret_row, const char **ret_why)
{
	struct bytes first = words_trim(line);

	if (read_heading(table, line) || !table->has_heading || first.length == 0 ||
		bytes_begin_with(first, bytes_of("---")))
		return PARSE_SKIP;
	if (!has_port(line))
		return PARSE_SKIP;
	return parse_row(table, line, ret_row, ret_why);
}
