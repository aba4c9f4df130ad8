#include "stream/listener.h"

#include <errno.h>

#include "base/number.h"
#include "stream/json_member.h"
#include "stream/json_pool.h"
#include "stream/json_text.h"
#include "stream/listener_problem.h"

static const char *const proto_names[] = {[PROTO_TCP] = "tcp", [PROTO_UDP] = "udp"};
static const char *const family_names[] = {[FAMILY_IPV4] = "ipv4", [FAMILY_IPV6] = "ipv6"};

const char *listener_proto_name(enum listener_proto proto)
{
	return proto_names[proto];
}

/* `key` includes the punctuation around it: ",\"pid\":". */
static int append_number(struct buffer *line, const char *key, int64_t number)
{
	char digits[NUMBER_TEXT_MAX];
	int error = buffer_append_text(line, key);

	if (error || number == LISTENER_NONE)
		return error ? error : buffer_append_text(line, "null");
	return buffer_append(line, digits, number_format((uint64_t)number, digits));
}

static int append_optional(struct buffer *line, const char *key, int64_t number)
{
	return number == LISTENER_NONE ? 0 : append_number(line, key, number);
}

static int append_text(struct buffer *line, const char *key, struct bytes text)
{
	int error = buffer_append_text(line, key);

	if (error || !text.data)
		return error ? error : buffer_append_text(line, "null");
	return json_text_append(line, text);
}

static int append_name(struct buffer *line, const char *key, const char *name)
{
	int error = buffer_append_text(line, key);

	if (!error)
		error = buffer_append_text(line, name);
	return error ? error : buffer_append_byte(line, '"');
}

static int append_address(struct buffer *line, const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];

	address_format(address, text);
	/* Only a zone can need escapes. */
	return address->zone[0] ? append_text(line, ",\"address\":", bytes_of(text))
				: append_name(line, ",\"address\":\"", text);
}

static int append_listener(struct buffer *line, const struct listener *listener)
{
	int error = append_name(line, "{\"proto\":\"", proto_names[listener->proto]);

	if (!error)
		error = append_name(line, ",\"family\":\"", family_names[listener->address.family]);
	if (!error)
		error = append_address(line, &listener->address);
	if (!error)
		error = append_number(line, ",\"port\":", listener->port);
	if (!error)
		error = append_number(line, ",\"pid\":", listener->pid);
	if (!error)
		error = append_optional(line, ",\"pid_start\":", listener->pid_start);
	if (!error)
		error = append_number(line, ",\"uid\":", listener->uid);
	if (!error)
		error = append_text(line, ",\"command\":", listener->command);
	if (!error)
		error = append_text(line, ",\"user\":", listener->user);
	if (!error)
		error = append_optional(line, ",\"fd\":", listener->fd);
	if (!error)
		error = append_optional(line, ",\"inode\":", listener->inode);
	if (!error && listener->v6only != V6ONLY_UNKNOWN)
		error = buffer_append_text(line,
			listener->v6only == V6ONLY_YES ? ",\"v6only\":true" : ",\"v6only\":false");
	if (!error && listener->host.data)
		error = append_text(line, ",\"host\":", listener->host);
	return error ? error : buffer_append_text(line, "}\n");
}

int listener_encode(const struct listener *listener, struct buffer *line)
{
	size_t before = line->length;
	int error = append_listener(line, listener);

	if (error)
		line->length = before;
	return error;
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
		if (bytes_is(string_bytes(value), names[i])) {
			*ret_index = i;
			return 0;
		}
	}
	return listener_problem_set_value(problem, key, value, wanted);
}

enum presence { OPTIONAL, NULLABLE };

/* *ret_number: LISTENER_NONE if the value is null (NULLABLE) or absent (OPTIONAL). */
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
		return listener_problem_set_value(problem, key, value, wanted);
	*ret_number = number;
	return 0;
}

static int decode_v6only(
	const json_t *object, enum v6only *ret_v6only, struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, "v6only");

	if (value && !json_is_boolean(value))
		return listener_problem_set_value(
			problem, "v6only", value, "true, false, or absent");
	*ret_v6only = !value ? V6ONLY_UNKNOWN : json_is_true(value) ? V6ONLY_YES : V6ONLY_NO;
	return 0;
}

static int decode_host(
	const json_t *object, struct bytes *ret_host, struct listener_problem *problem)
{
	const json_t *value = json_object_get(object, "host");

	*ret_host = (struct bytes){0};
	if (!value)
		return 0;
	if (json_string_length(value) == 0)
		return listener_problem_set_value(
			problem, "host", value, "a string that is not empty, or absent");
	*ret_host = string_bytes(value);
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
		return listener_problem_set_value(problem, key, value, "a string or null");
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
		return listener_problem_set_value(problem, "address", address,
			family == FAMILY_IPV4 ? "a numeric IPv4 address"
					      : "a numeric IPv6 address without brackets");
	if (!json_is_integer(port) || json_integer_value(port) < 1 ||
		json_integer_value(port) > 65535)
		return listener_problem_set_value(
			problem, "port", port, "an integer from 1 to 65535");
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
	if (!error)
		error = decode_v6only(object, &listener->v6only, problem);
	if (!error)
		error = decode_host(object, &listener->host, problem);
	return error;
}

int listener_decode(
	struct bytes line, struct listener *ret_listener, struct listener_problem *ret_problem)
{
	struct listener listener = {0};
	json_error_t error;

	if (listener_fast_decode(line, ret_listener))
		return 0;
	json_pool_use();
	listener.document = json_loadb(
		line.data, line.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	if (!listener.document) {
		if (json_error_code(&error) == json_error_out_of_memory)
			return -ENOMEM;
		return listener_problem_set(
			ret_problem, "not JSON: %s (column %d)", error.text, error.column);
	}
	if (!json_is_object(listener.document)) {
		json_decref(listener.document);
		return listener_problem_set(ret_problem, "not a JSON object");
	}
	if (decode_socket(listener.document, &listener, ret_problem) ||
		decode_process(listener.document, &listener, ret_problem)) {
		json_decref(listener.document);
		return -EINVAL;
	}
	*ret_listener = listener;
	return 0;
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
				error = json_text_append(ret_line, texts[i]);
			at = member.value.data + member.value.length;
		}
	}
	if (!error)
		error = append_until(ret_line, &at, line.data + line.length);
	/* Readers would reject a longer line. */
	if (!error && ret_line->length - before > LISTENER_LINE_MAX) {
		ret_line->length = before;
		error = buffer_append(ret_line, line.data, line.length);
	}
	if (!error)
		error = buffer_append_byte(ret_line, '\n');
	if (error)
		ret_line->length = before;
	return error;
}

int listener_compare(const struct listener *a, const struct listener *b)
{
	int order = bytes_compare(a->host, b->host);

	if (!order)
		order = number_compare(a->port, b->port);
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
