#include "fuzz.h"
#include "lsof/lsof_fields.h"

const char program_name[] = "fuzz";

static void check_unescaped(struct bytes escaped)
{
	struct buffer name = {0};

	MUST(lsof_unescape(&name, escaped) == 0 && name.length <= escaped.length);
	buffer_release(&name);
}

static void check(const struct lsof_socket *socket, struct bytes text)
{
	fuzz_check_address(&socket->endpoint.address);
	MUST(socket->process.pid >= LISTENER_NONE && socket->process.uid >= LISTENER_NONE);
	MUST(socket->fd >= LISTENER_NONE);
	MUST(fuzz_is_view(socket->process.command, text));
	MUST(fuzz_is_view(socket->process.user, text));
	check_unescaped(socket->process.command);
	check_unescaped(socket->process.user);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lsof_parser parser = LSOF_PARSER_START;
	struct bytes text = fuzz_text(data, size);
	struct bytes rest = text;
	bool is_last;

	do {
		struct lsof_socket socket;
		const char *why = NULL;
		struct bytes line = {"", 0};

		is_last = !rest.data;
		if (!is_last)
			line = bytes_cut(&rest, '\n');
		switch (lsof_parse_field(&parser, line, &socket, &why)) {
		case PARSE_RECORD:
			check(&socket, text);
			break;
		case PARSE_MALFORMED:
			MUST(fuzz_is_sentence(why));
			break;
		case PARSE_SKIP:
			break;
		}
	} while (!is_last);
	return 0;
}
