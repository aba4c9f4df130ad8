#include "listener.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "json_member.h"
#include "json_pool.h"
#include "number.h"
#include "text.h"

static const char *const proto_names[] = {[PROTO_TCP] = "tcp", [PROTO_UDP] = "udp"};
static const char *const family_names[] = {[FAMILY_IPV4] = "ipv4", [FAMILY_IPV6] = "ipv6"};

const char *listener_proto_name(enum listener_proto proto)
{
	return proto_names[proto];
}

/* A new JSON string, or null where there is no text. NULL: out of memory. */
static json_t *text_to_json(struct bytes text)
{
	struct buffer clean = {0};
	json_t *json;

	if (!text.data)
		return json_null();
	if (text_append_utf8(&clean, text)) {
		buffer_release(&clean);
		return NULL;
	}
	json = json_stringn_nocheck(clean.data ? clean.data : "", clean.length);
	buffer_release(&clean);
	return json;
}

static json_t *number_to_json(int64_t number)
{
	return number == LISTENER_NONE ? json_null() : json_integer(number);
}

static int append_json(struct buffer *buffer, const json_t *json)
{
	const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
	char small[512];
	struct buffer large = {0};
	size_t length = json_dumpb(json, small, sizeof(small), flags);
	int error;

	if (length == 0)
		return -ENOMEM;
	if (length <= sizeof(small))
		return text_append_safe_json(buffer, (struct bytes){small, length});
	error = buffer_reserve(&large, length);
	if (!error && json_dumpb(json, large.data, length, flags) != length)
		error = -ENOMEM;
	if (!error)
		error = text_append_safe_json(buffer, (struct bytes){large.data, length});
	buffer_release(&large);
	return error;
}

static json_t *listener_to_json(const struct listener *listener)
{
	char address[ADDRESS_TEXT_MAX];
	json_t *object = json_object();
	int failed = 0;

	if (!object)
		return NULL;
	address_format(&listener->address, address);
	failed |= json_object_set_new_nocheck(
		object, "proto", json_string_nocheck(proto_names[listener->proto]));
	failed |= json_object_set_new_nocheck(
		object, "family", json_string_nocheck(family_names[listener->address.family]));
	failed |= json_object_set_new_nocheck(object, "address", text_to_json(bytes_of(address)));
	failed |= json_object_set_new_nocheck(object, "port", json_integer(listener->port));
	failed |= json_object_set_new_nocheck(object, "pid", number_to_json(listener->pid));
	if (listener->pid_start != LISTENER_NONE)
		failed |= json_object_set_new_nocheck(
			object, "pid_start", json_integer(listener->pid_start));
	failed |= json_object_set_new_nocheck(object, "uid", number_to_json(listener->uid));
	failed |= json_object_set_new_nocheck(object, "command", text_to_json(listener->command));
	failed |= json_object_set_new_nocheck(object, "user", text_to_json(listener->user));
	if (listener->fd != LISTENER_NONE)
		failed |= json_object_set_new_nocheck(object, "fd", json_integer(listener->fd));
	if (listener->inode != LISTENER_NONE)
		failed |= json_object_set_new_nocheck(
			object, "inode", json_integer(listener->inode));
	if (listener->v6only != V6ONLY_UNKNOWN)
		failed |= json_object_set_new_nocheck(
			object, "v6only", json_boolean(listener->v6only == V6ONLY_YES));
	if (failed) {
		json_decref(object);
		return NULL;
	}
	return object;
}

int listener_encode(const struct listener *listener, struct buffer *line)
{
	size_t before = line->length;
	json_t *object;
	int error;

	json_pool_use();
	object = listener_to_json(listener);
	error = object ? append_json(line, object) : -ENOMEM;

	json_decref(object);
	if (!error)
		error = buffer_append_byte(line, '\n');
	if (error)
		line->length = before;
	return error;
}

__attribute__((format(PF_PRINTF, 2, 3))) static int refuse(
	struct listener_problem *problem, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(problem->text, sizeof(problem->text), format, arguments);
	va_end(arguments);
	return -EINVAL;
}

/* What a wrong value is, for a message: the value itself where it is short. */
static void describe(const json_t *value, char ret_text[64])
{
	char text[40];
	size_t length = json_dumpb(
		value, text, sizeof(text), JSON_COMPACT | JSON_ENCODE_ANY | JSON_ENSURE_ASCII);

	if (length && length <= sizeof(text))
		snprintf(ret_text, 64, "is %.*s", (int)length, text);
	else
		snprintf(ret_text, 64, "is %s",
			json_is_object(value)           ? "an object"
				: json_is_array(value)  ? "an array"
				: json_is_string(value) ? "a long string"
							: "something long");
}

static int refuse_value(
	struct listener_problem *problem, const char *key, const json_t *value, const char *wanted)
{
	char found[64] = "is missing";

	if (value)
		describe(value, found);
	return refuse(problem, "\"%s\" %s: it must be %s", key, found, wanted);
}

static struct bytes string_bytes(const json_t *string)
{
	return (struct bytes){json_string_value(string), json_string_length(string)};
}

static int decode_name(const json_t *object, const char *key, const char *const names[2],
	const char *wanted, unsigned *ret_index, struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, key);

	for (unsigned i = 0; json_is_string(value) && i < 2; i++) {
		if (bytes_equal(string_bytes(value), bytes_of(names[i]))) {
			*ret_index = i;
			return 0;
		}
	}
	return refuse_value(problem, key, value, wanted);
}

enum presence { OPTIONAL, NULLABLE };

/* A whole number, or none: null where NULLABLE, absent where OPTIONAL. */
static int decode_number(const json_t *object, const char *key, enum presence presence, int64_t max,
	const char *wanted, int64_t *ret_number, struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, key);
	int64_t number;

	if (presence == OPTIONAL ? !value : json_is_null(value)) {
		*ret_number = LISTENER_NONE;
		return 0;
	}
	number = json_integer_value(value);
	if (!json_is_integer(value) || number < 0 || number > max)
		return refuse_value(problem, key, value, wanted);
	*ret_number = number;
	return 0;
}

static int decode_text(const json_t *object, const char *key, struct bytes *ret_text,
	struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_null(value)) {
		*ret_text = (struct bytes){0};
		return 0;
	}
	if (!json_is_string(value))
		return refuse_value(problem, key, value, "a string or null");
	*ret_text = string_bytes(value);
	return 0;
}

static int decode_socket(
	const json_t *object, struct listener *listener, struct listener_problem *problem)
{
	const json_t *address = json_object_get(object, "address");
	const json_t *port = json_object_get(object, "port");
	enum address_family family;
	unsigned index = 0;

	if (decode_name(object, "proto", proto_names, "\"tcp\" or \"udp\"", &index, problem))
		return -EINVAL;
	listener->proto = index;
	if (decode_name(object, "family", family_names, "\"ipv4\" or \"ipv6\"", &index, problem))
		return -EINVAL;
	family = index;
	if (!json_is_string(address) ||
		address_parse(string_bytes(address), family, &listener->address))
		return refuse_value(problem, "address", address,
			family == FAMILY_IPV4 ? "a numeric IPv4 address"
					      : "a numeric IPv6 address without brackets");
	if (!json_is_integer(port) || json_integer_value(port) < 1 ||
		json_integer_value(port) > 65535)
		return refuse_value(problem, "port", port, "an integer from 1 to 65535");
	listener->port = (uint16_t)json_integer_value(port);
	return 0;
}

static int decode_process(
	const json_t *object, struct listener *listener, struct listener_problem *problem)
{
	static const char pid_wanted[] = "an integer from 0 to 4294967295, or null";
	static const char opaque_wanted[] = "an integer from 0 to 9223372036854775807, or absent";
	int error;

	error = decode_number(
		object, "pid", NULLABLE, UINT32_MAX, pid_wanted, &listener->pid, problem);
	if (!error)
		error = decode_number(object, "pid_start", OPTIONAL, INT64_MAX, opaque_wanted,
			&listener->pid_start, problem);
	if (!error)
		error = decode_number(
			object, "uid", NULLABLE, UINT32_MAX, pid_wanted, &listener->uid, problem);
	if (!error)
		error = decode_text(object, "command", &listener->command, problem);
	if (!error)
		error = decode_text(object, "user", &listener->user, problem);
	if (!error)
		error = decode_number(
			object, "fd", OPTIONAL, INT64_MAX, opaque_wanted, &listener->fd, problem);
	if (!error)
		error = decode_number(object, "inode", OPTIONAL, INT64_MAX, opaque_wanted,
			&listener->inode, problem);
	return error;
}

int listener_decode(
	struct bytes line, struct listener *ret_listener, struct listener_problem *ret_problem)
{
	struct listener listener = {0};
	json_error_t error;

	json_pool_use();
	listener.document = json_loadb(
		line.data, line.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!listener.document) {
		if (json_error_code(&error) == json_error_out_of_memory)
			return -ENOMEM;
		return refuse(ret_problem, "not JSON: %s (column %d)", error.text, error.column);
	}
	if (!json_is_object(listener.document)) {
		json_decref(listener.document);
		return refuse(ret_problem, "not a JSON object");
	}
	if (decode_socket(listener.document, &listener, ret_problem) ||
		decode_process(listener.document, &listener, ret_problem)) {
		json_decref(listener.document);
		return -EINVAL;
	}
	*ret_listener = listener;
	return 0;
}

static int append_text_value(struct buffer *buffer, struct bytes text)
{
	json_t *json = text_to_json(text);
	int error = json ? append_json(buffer, json) : -ENOMEM;

	json_decref(json);
	return error;
}

static int append_until(struct buffer *buffer, const char **at, const char *end)
{
	int error = buffer_append(buffer, *at, (size_t)(end - *at));

	*at = end;
	return error;
}

int listener_complete(
	struct bytes line, struct bytes command, struct bytes user, struct buffer *ret_line)
{
	const struct bytes keys[] = {bytes_of("command"), bytes_of("user")};
	const struct bytes texts[] = {command, user};
	struct json_member member = {.rest = line};
	const char *at = line.data;
	size_t before = ret_line->length;
	int error = 0;

	while (!error && (command.data || user.data) && json_member_next(&member)) {
		for (int i = 0; i < 2 && !error; i++) {
			if (!texts[i].data || !json_member_is(&member, keys[i]))
				continue;
			error = append_until(ret_line, &at, member.value.data);
			if (!error)
				error = append_text_value(ret_line, texts[i]);
			at = member.value.data + member.value.length;
		}
	}
	if (!error)
		error = append_until(ret_line, &at, line.data + line.length);
	if (!error)
		error = buffer_append_byte(ret_line, '\n');
	if (error)
		ret_line->length = before;
	return error;
}

int listener_compare(const struct listener *a, const struct listener *b)
{
	int order = number_compare(a->port, b->port);

	if (!order)
		order = number_compare(a->proto, b->proto);
	if (!order)
		order = address_compare(&a->address, &b->address);
	if (!order)
		order = number_compare(a->pid, b->pid);
	return order ? order : number_compare(a->pid_start, b->pid_start);
}

void listener_release(struct listener *listener)
{
	json_decref(listener->document);
	listener->document = NULL;
}
