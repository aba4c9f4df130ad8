#include "lsof_fields.h"

#include <assert.h>

#include "base/number.h"
#include "words.h"

static bool is_connected(struct bytes name)
{
	for (size_t i = 0; i + 1 < name.length; i++)
		if (name.data[i] == '-' && name.data[i + 1] == '>')
			return true;
	return false;
}

static bool find_proto(struct bytes name, enum listener_proto *ret_proto)
{
	if (bytes_is(name, "TCP"))
		*ret_proto = PROTO_TCP;
	else if (bytes_is(name, "UDP"))
		*ret_proto = PROTO_UDP;
	else
		return false;
	return true;
}

static bool find_family(const struct lsof_file *file, enum address_family *ret_family)
{
	if (bytes_is(file->type, "IPv4"))
		*ret_family = FAMILY_IPV4;
	else if (bytes_is(file->type, "IPv6"))
		*ret_family = FAMILY_IPV6;
	else
		return false;
	return true;
}

/* Without -F P, a TCP socket looks like any other file. */
static bool lacks_proto(const struct lsof_file *file)
{
	enum address_family family;

	return !file->proto.data && file->name.length && !is_connected(file->name) &&
		(file->type.data ? find_family(file, &family) : word_is_endpoint(file->name));
}

static enum parse_result parse_file(
	const struct lsof_parser *parser, struct lsof_socket *ret_socket, const char **ret_why)
{
	const struct lsof_file *file = &parser->file;
	struct lsof_socket socket = {.process = parser->process, .fd = LISTENER_NONE};
	enum address_family family = FAMILY_IPV4;
	uint64_t fd;

	if (lacks_proto(file)) {
		*ret_why = "P is missing: ask lsof for -F pcuLftPn";
		return PARSE_MALFORMED;
	}
	if (file->name.length == 0 || !find_proto(file->proto, &socket.endpoint.proto))
		return PARSE_SKIP;
	if (is_connected(file->name))
		return PARSE_SKIP;
	if (socket.endpoint.proto == PROTO_TCP && file->state.data &&
		!bytes_is(file->state, "LISTEN"))
		return PARSE_SKIP;
	if (!find_family(file, &family)) {
		*ret_why = "t: neither IPv4 nor IPv6: ask lsof for -F pcuLftPn";
		return PARSE_MALFORMED;
	}
	if (endpoint_parse(file->name, ':', family, &socket.endpoint, ret_why))
		return PARSE_MALFORMED;
	if (socket.endpoint.port == 0 || socket.process.pid == LISTENER_NONE)
		return PARSE_SKIP;
	if (number_parse(file->fd, INT32_MAX, &fd) == 0)
		socket.fd = (int64_t)fd;
	*ret_socket = socket;
	return PARSE_RECORD;
}

/* NULL if pf doesn't need the field. */
static struct bytes *file_field(struct lsof_file *file, struct bytes line)
{
	switch (line.data[0]) {
	case 'f':
		return &file->fd;
	case 't':
		return &file->type;
	case 'P':
		return &file->proto;
	case 'n':
		return &file->name;
	default:
		return bytes_begin_with(line, bytes_of("TST=")) ? &file->state : NULL;
	}
}

/* In lsof's table the state follows the name; as a field it is separate. */
static bool is_table_row(struct bytes line)
{
	struct bytes word;
	bool has_proto = false;

	if (!bytes_end_with(line, bytes_of(" (LISTEN)")))
		return false;
	while ((word = words_cut(&line)).length)
		has_proto = has_proto || bytes_is(word, "TCP");
	return has_proto;
}

bool lsof_is_process(struct bytes line)
{
	return line.length >= 2 && line.data[0] == 'p' && line.data[1] >= '0' &&
		line.data[1] <= '9';
}

bool lsof_is_warning(struct bytes line, bool is_after_warning)
{
	return bytes_begin_with(line, bytes_of("lsof: ")) ||
		(is_after_warning && bytes_begin_with(line, bytes_of(" ")));
}

static void begin_process(struct lsof_parser *parser, struct bytes value)
{
	uint64_t pid;
	bool is_pid = number_parse(value, UINT32_MAX, &pid) == 0;

	parser->has_begun = true;
	parser->is_reported = false;
	parser->process = (struct lsof_process){
		.pid = is_pid ? (int64_t)pid : LISTENER_NONE,
		.uid = LISTENER_NONE,
	};
}

/* Fields without a process are reported once, then skipped. */
static enum parse_result reject_field(struct lsof_parser *parser, const char **ret_why)
{
	if (parser->is_reported)
		return PARSE_SKIP;
	parser->is_reported = true;
	*ret_why = parser->has_begun ? "the p before it is not a pid"
				     : "not the field output of lsof: take it with -F pcuLftPn";
	return PARSE_MALFORMED;
}

static void set_process_field(struct lsof_process *process, char name, struct bytes value)
{
	uint64_t uid;

	if (name == 'c')
		process->command = value;
	else if (name == 'L')
		process->user = value;
	else if (name == 'u' && number_parse(value, UINT32_MAX, &uid) == 0)
		process->uid = (int64_t)uid;
}

static enum parse_result end_file(
	struct lsof_parser *parser, struct lsof_socket *ret_socket, const char **ret_why)
{
	enum parse_result result = parse_file(parser, ret_socket, ret_why);

	parser->file = (struct lsof_file){0};
	return result;
}

enum parse_result lsof_parse_field(struct lsof_parser *parser, struct bytes line,
	struct lsof_socket *ret_socket, const char **ret_why)
{
	enum parse_result result = PARSE_SKIP;
	struct bytes value;
	struct bytes *field;
	char name;

	if (line.length == 0)
		return end_file(parser, ret_socket, ret_why);
	if (!parser->has_begun && lsof_is_warning(line, parser->is_after_warning)) {
		parser->is_after_warning = true;
		return PARSE_SKIP;
	}
	name = line.data[0];
	value = bytes_skip(line, name == 'T' && line.length >= 4 ? strlen("TST=") : 1);
	assert(parser);
	if (parser->has_begun && is_table_row(line)) {
		*ret_why = "a row of lsof's table among its fields";
		return PARSE_MALFORMED;
	}
	field = file_field(&parser->file, line);
	if (name == 'p' || name == 'f' || (field && field->data))
		result = end_file(parser, ret_socket, ret_why);
	if (name == 'p')
		begin_process(parser, value);
	else if (parser->process.pid == LISTENER_NONE)
		return reject_field(parser, ret_why);
	if (field)
		*field = value;
	else if (name != 'p')
		set_process_field(&parser->process, name, value);
	return result;
}

static size_t unescape_backslash(struct bytes text, char *ret_byte)
{
	static const char letters[] = "bfnrt\\";
	static const char bytes[] = "\b\f\n\r\t\\";
	const char *letter;
	uint32_t value;

	if (text.length < 2)
		return 0;
	letter = text.data[1] ? strchr(letters, text.data[1]) : NULL;
	if (letter) {
		*ret_byte = bytes[letter - letters];
		return 2;
	}
	if (text.data[1] == 'x' && text.length >= 4 &&
		number_parse_hex(text.data + 2, 2, &value) == 0) {
		*ret_byte = (char)value;
		return 4;
	}
	return 0;
}

/* Returns the length of the escape, or 0 if the text doesn't begin with one. */
static size_t unescape(struct bytes text, char *ret_byte)
{
	if (text.data[0] == '\\')
		return unescape_backslash(text, ret_byte);
	if (text.data[0] == '^' && text.length >= 2 && text.data[1] >= '@' && text.data[1] <= '_') {
		*ret_byte = (char)(text.data[1] & 0x1f);
		return 2;
	}
	return 0;
}

int lsof_unescape(struct buffer *text, struct bytes escaped)
{
	while (escaped.length) {
		char byte = escaped.data[0];
		size_t length = unescape(escaped, &byte);
		int error = buffer_append_byte(text, byte);

		if (error)
			return error;
		escaped = bytes_skip(escaped, length ? length : 1);
	}
	return 0;
}
