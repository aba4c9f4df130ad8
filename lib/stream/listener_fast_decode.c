#include "stream/listener.h"

#include "base/number.h"

/* Each function skips or parses something at the start of *rest; it returns false if it can't. */

static bool skip_bytes(struct bytes *rest, const char *literal, size_t length)
{
	if (rest->length < length || memcmp(rest->data, literal, length) != 0)
		return false;
	*rest = bytes_skip(*rest, length);
	return true;
}

/* The constant length saves a third of the time in a static program. */
#define skip(rest, literal) skip_bytes(rest, literal, sizeof(literal) - 1)

static bool parse_number(struct bytes *rest, int64_t max, int64_t *ret_number)
{
	struct bytes digits = {rest->data, 0};
	uint64_t number;

	while (digits.length < rest->length && rest->data[digits.length] >= '0' &&
		rest->data[digits.length] <= '9')
		digits.length++;
	/* JSON has no leading zeros. */
	if ((digits.length > 1 && digits.data[0] == '0') ||
		number_parse(digits, (uint64_t)max, &number))
		return false;
	*rest = bytes_skip(*rest, digits.length);
	*ret_number = (int64_t)number;
	return true;
}

static bool parse_number_or_null(struct bytes *rest, int64_t max, int64_t *ret_number)
{
	if (!skip(rest, "null"))
		return parse_number(rest, max, ret_number);
	*ret_number = LISTENER_NONE;
	return true;
}

static bool parse_optional(struct bytes *rest, const char *key, int64_t *ret_number)
{
	*ret_number = LISTENER_NONE;
	return !skip_bytes(rest, key, strlen(key)) || parse_number(rest, INT64_MAX, ret_number);
}

static bool parse_text(struct bytes *rest, struct bytes *ret_text)
{
	struct bytes text;

	if (!skip(rest, "\""))
		return false;
	text = (struct bytes){rest->data, 0};
	while (text.length < rest->length && text.data[text.length] != '"') {
		char byte = text.data[text.length];

		if (byte < ' ' || byte > '~' || byte == '\\')
			return false;
		text.length++;
	}
	*rest = bytes_skip(*rest, text.length);
	*ret_text = text;
	return skip(rest, "\"");
}

static bool parse_text_or_null(struct bytes *rest, struct bytes *ret_text)
{
	if (!skip(rest, "null"))
		return parse_text(rest, ret_text);
	*ret_text = (struct bytes){0};
	return true;
}

static bool parse_socket(struct bytes *rest, struct listener *listener)
{
	struct bytes address;
	enum address_family family;
	int64_t port;

	if (skip(rest, "{\"proto\":\"tcp\",\"family\":\"ipv"))
		listener->proto = PROTO_TCP;
	else if (skip(rest, "{\"proto\":\"udp\",\"family\":\"ipv"))
		listener->proto = PROTO_UDP;
	else
		return false;
	family = skip(rest, "4") ? FAMILY_IPV4 : FAMILY_IPV6;
	if (family == FAMILY_IPV6 && !skip(rest, "6"))
		return false;
	if (!skip(rest, "\",\"address\":") || !parse_text(rest, &address) ||
		address_parse(address, family, &listener->address) || !skip(rest, ",\"port\":") ||
		!parse_number(rest, UINT16_MAX, &port) || port == 0)
		return false;
	listener->port = (uint16_t)port;
	return true;
}

static bool parse_process(struct bytes *rest, struct listener *listener)
{
	return skip(rest, ",\"pid\":") && parse_number_or_null(rest, UINT32_MAX, &listener->pid) &&
		parse_optional(rest, ",\"pid_start\":", &listener->pid_start) &&
		skip(rest, ",\"uid\":") && parse_number_or_null(rest, UINT32_MAX, &listener->uid) &&
		skip(rest, ",\"command\":") && parse_text_or_null(rest, &listener->command) &&
		skip(rest, ",\"user\":") && parse_text_or_null(rest, &listener->user) &&
		parse_optional(rest, ",\"fd\":", &listener->fd) &&
		parse_optional(rest, ",\"inode\":", &listener->inode);
}

bool listener_fast_decode(struct bytes line, struct listener *ret_listener)
{
	struct listener listener = {0};

	if (!parse_socket(&line, &listener) || !parse_process(&line, &listener))
		return false;
	if (skip(&line, ",\"v6only\":true"))
		listener.v6only = V6ONLY_YES;
	else if (skip(&line, ",\"v6only\":false"))
		listener.v6only = V6ONLY_NO;
	if (!bytes_is(line, "}"))
		return false;
	*ret_listener = listener;
	return true;
}
