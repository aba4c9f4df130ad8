#include "stream/listener_usual.h"

#include "base/number.h"

/* Each function takes what it is named for off the front of *rest, or returns false. */

static bool take_bytes(struct bytes *rest, const char *literal, size_t length)
{
	if (rest->length < length || memcmp(rest->data, literal, length) != 0)
		return false;
	*rest = bytes_skip(*rest, length);
	return true;
}

/* With the length known where it is called, which is a third of the time in a static program. */
#define take(rest, literal) take_bytes(rest, literal, sizeof(literal) - 1)

static bool take_number(struct bytes *rest, int64_t max, int64_t *ret_number)
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

static bool take_number_or_null(struct bytes *rest, int64_t max, int64_t *ret_number)
{
	if (!take(rest, "null"))
		return take_number(rest, max, ret_number);
	*ret_number = LISTENER_NONE;
	return true;
}

static bool take_optional(struct bytes *rest, const char *key, int64_t *ret_number)
{
	*ret_number = LISTENER_NONE;
	return !take_bytes(rest, key, strlen(key)) || take_number(rest, INT64_MAX, ret_number);
}

static bool take_text(struct bytes *rest, struct bytes *ret_text)
{
	struct bytes text;

	if (!take(rest, "\""))
		return false;
	text = (struct bytes){rest->data, 0};
	while (text.length < rest->length && text.data[text.length] != '"') {
		char byte = text.data[text.length];

		/* What is escaped, or not of ASCII, is not for here. */
		if (byte < ' ' || byte > '~' || byte == '\\')
			return false;
		text.length++;
	}
	*rest = bytes_skip(*rest, text.length);
	*ret_text = text;
	return take(rest, "\"");
}

static bool take_text_or_null(struct bytes *rest, struct bytes *ret_text)
{
	if (!take(rest, "null"))
		return take_text(rest, ret_text);
	*ret_text = (struct bytes){0};
	return true;
}

static bool take_socket(struct bytes *rest, struct listener *listener)
{
	struct bytes address;
	enum address_family family;
	int64_t port;

	if (take(rest, "{\"proto\":\"tcp\",\"family\":\"ipv"))
		listener->proto = PROTO_TCP;
	else if (take(rest, "{\"proto\":\"udp\",\"family\":\"ipv"))
		listener->proto = PROTO_UDP;
	else
		return false;
	family = take(rest, "4") ? FAMILY_IPV4 : FAMILY_IPV6;
	if (family == FAMILY_IPV6 && !take(rest, "6"))
		return false;
	if (!take(rest, "\",\"address\":") || !take_text(rest, &address) ||
		address_parse(address, family, &listener->address) || !take(rest, ",\"port\":") ||
		!take_number(rest, UINT16_MAX, &port) || port == 0)
		return false;
	listener->port = (uint16_t)port;
	return true;
}

static bool take_process(struct bytes *rest, struct listener *listener)
{
	return take(rest, ",\"pid\":") && take_number_or_null(rest, UINT32_MAX, &listener->pid) &&
		take_optional(rest, ",\"pid_start\":", &listener->pid_start) &&
		take(rest, ",\"uid\":") && take_number_or_null(rest, UINT32_MAX, &listener->uid) &&
		take(rest, ",\"command\":") && take_text_or_null(rest, &listener->command) &&
		take(rest, ",\"user\":") && take_text_or_null(rest, &listener->user) &&
		take_optional(rest, ",\"fd\":", &listener->fd) &&
		take_optional(rest, ",\"inode\":", &listener->inode);
}

bool listener_decode_usual(struct bytes line, struct listener *ret_listener)
{
	struct listener listener = {0};

	if (!take_socket(&line, &listener) || !take_process(&line, &listener))
		return false;
	if (take(&line, ",\"v6only\":true"))
		listener.v6only = V6ONLY_YES;
	else if (take(&line, ",\"v6only\":false"))
		listener.v6only = V6ONLY_NO;
	if (!bytes_is(line, "}"))
		return false;
	*ret_listener = listener;
	return true;
}
