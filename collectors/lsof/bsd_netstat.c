#include "bsd_netstat.h"

#include "words.h"

struct protocol {
	const char *name;
	enum listener_proto proto;
	enum address_family family;
};

/* OpenBSD's names for IPv4 have no 4; 46 is an IPv6 socket that also serves IPv4. */
static const struct protocol protocols[] = {
	{"tcp", PROTO_TCP, FAMILY_IPV4},
	{"tcp4", PROTO_TCP, FAMILY_IPV4},
	{"tcp6", PROTO_TCP, FAMILY_IPV6},
	{"tcp46", PROTO_TCP, FAMILY_IPV6},
	{"udp", PROTO_UDP, FAMILY_IPV4},
	{"udp4", PROTO_UDP, FAMILY_IPV4},
	{"udp6", PROTO_UDP, FAMILY_IPV6},
	{"udp46", PROTO_UDP, FAMILY_IPV6},
};

static const struct protocol *find_protocol(struct bytes name)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (bytes_is(name, protocols[i].name))
			return &protocols[i];
	return NULL;
}

static bool begins_as(struct bytes word, const char *name)
{
	for (size_t i = 0; name[i]; i++)
		if (i == word.length || (word.data[i] | 0x20) != name[i])
			return false;
	return true;
}

/* With -A, the address of the protocol's control block comes before the protocol. */
static bool is_unknown_row(struct bytes line)
{
	struct bytes rest = line;
	struct bytes word;

	if (!words_look_like_socket(line))
		return false;
	while ((word = bytes_cut_word(&rest)).length)
		if (begins_as(word, "tcp") ||
			(begins_as(word, "udp") && !begins_as(word, "udplite")))
			return true;
	return false;
}

enum parse_result bsd_netstat_parse_row(
	struct bytes line, struct endpoint *ret_endpoint, const char **ret_why)
{
	enum { PROTOCOL, RECEIVE_QUEUE, SEND_QUEUE, LOCAL, FOREIGN, STATE, COLUMNS };
	struct bytes words[COLUMNS] = {{0}};
	const struct protocol *protocol;
	struct endpoint endpoint;
	struct bytes row = line;

	for (int i = 0; i < COLUMNS; i++)
		words[i] = bytes_cut_word(&line);
	protocol = find_protocol(words[PROTOCOL]);
	if (!protocol) {
		if (!is_unknown_row(row))
			return PARSE_SKIP;
		*ret_why = "the first column is not a protocol: run netstat without -A";
		return PARSE_MALFORMED;
	}
	if (words[FOREIGN].length == 0) {
		*ret_why = "columns are missing";
		return PARSE_MALFORMED;
	}
	if (!bytes_is(words[FOREIGN], "*.*"))
		return PARSE_SKIP;
	if (protocol->proto == PROTO_TCP && !bytes_is(words[STATE], "LISTEN"))
		return PARSE_SKIP;
	endpoint.proto = protocol->proto;
	if (endpoint_parse(words[LOCAL], '.', protocol->family, &endpoint, ret_why))
		return PARSE_MALFORMED;
	if (endpoint.port == 0)
		return PARSE_SKIP;
	*ret_endpoint = endpoint;
	return PARSE_RECORD;
}
