/*
 * What the parser of lsof's fields has told, as text to compare.
 */
#ifndef PF_LSOF_TOLD_H
#define PF_LSOF_TOLD_H

#include <inttypes.h>
#include <stdio.h>

#include "lsof/lsof_fields.h"
#include "unit.h"

enum { LSOF_LINES_MAX = 64, LSOF_TOLD_MAX = 4096 };

/* What the parser has told, a line for each socket and each complaint. */
struct lsof_told {
	char text[LSOF_TOLD_MAX];
	size_t length;
};

static inline void lsof_told_put(struct lsof_told *told, const char *text)
{
	size_t length = strlen(text);

	assert_true(told->length + length < LSOF_TOLD_MAX);
	memcpy(told->text + told->length, text, length + 1);
	told->length += length;
}
#define lsof_told_put(...) UNIT_AT(lsof_told_put(__VA_ARGS__))

static inline void lsof_told_put_number(struct lsof_told *told, const char *name, int64_t value)
{
	char text[64];

	if (value == LISTENER_NONE)
		return;
	snprintf(text, sizeof(text), " %s=%" PRId64, name, value);
	lsof_told_put(told, text);
}

static inline void lsof_told_put_text(struct lsof_told *told, const char *name, struct bytes value)
{
	char text[256];

	if (!value.data)
		return;
	snprintf(text, sizeof(text), " %s='%.*s'", name, (int)value.length, value.data);
	lsof_told_put(told, text);
}

static inline void lsof_told_put_socket(struct lsof_told *told, const struct lsof_socket *socket)
{
	char address[ADDRESS_TEXT_MAX];
	char text[ADDRESS_TEXT_MAX + 32];

	address_format(&socket->endpoint.address, address);
	snprintf(text, sizeof(text), "%s%s %s %u",
		socket->endpoint.proto == PROTO_TCP ? "tcp" : "udp",
		socket->endpoint.address.family == FAMILY_IPV4 ? "4" : "6", address,
		socket->endpoint.port);
	lsof_told_put(told, text);
	lsof_told_put_number(told, "p", socket->process.pid);
	lsof_told_put_text(told, "c", socket->process.command);
	lsof_told_put_number(told, "u", socket->process.uid);
	lsof_told_put_text(told, "L", socket->process.user);
	lsof_told_put_number(told, "f", socket->fd);
	lsof_told_put(told, "\n");
}

/*
 * Parses the fields, and compares all that the parser has told. Each field alone in its memory, so
 * that the sanitizer sees a byte read beyond its end; all live until the last one was read.
 */
static inline void lsof_told_check(
	const char *fields, const char *expected, const char *file, int line_number)
{
	struct lsof_parser parser = LSOF_PARSER_START;
	struct lsof_told told = {0};
	struct bytes rest = bytes_of(fields);
	char *lines[LSOF_LINES_MAX];
	size_t count = 0;

	do {
		struct bytes line = rest.data ? bytes_cut(&rest, '\n') : BYTES("");
		struct lsof_socket socket = {0};
		const char *why = NULL;
		enum parse_result result;

		assert_true(count < LSOF_LINES_MAX);
		lines[count] = unit_alone(line);
		line.data = lines[count++];
		result = lsof_parse_field(&parser, line, &socket, &why);
		assert_int_equal(why != NULL, result == PARSE_MALFORMED);
		if (result == PARSE_RECORD) {
			lsof_told_put_socket(&told, &socket);
		} else if (result == PARSE_MALFORMED) {
			lsof_told_put(&told, "bad: ");
			lsof_told_put(&told, why);
			lsof_told_put(&told, "\n");
		}
	} while (rest.data);
	unit_equal(bytes_of(told.text), bytes_of(expected), file, line_number);
	while (count)
		free(lines[--count]);
}
#define lsof_told_check(...) UNIT_AT(lsof_told_check(__VA_ARGS__))

#define check_told(fields, expected) lsof_told_check(fields, expected, __FILE__, __LINE__)

#endif
