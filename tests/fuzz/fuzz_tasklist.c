#include "base/encoding.h"
#include "fuzz.h"
#include "tasklist.h"

const char program_name[] = "fuzz";

static void check(const struct tasklist_row *row, struct bytes text)
{
	struct buffer name = {0};

	MUST(row->pid >= 0 && row->name.length > 0 && fuzz_is_view(row->name, text));
	MUST(tasklist_append_name(&name, row->name) == 0);
	MUST(name.length > 0 && name.length <= row->name.length);
	buffer_release(&name);
}

static void read_rows(struct bytes text)
{
	struct tasklist_reader reader = {.rest = text};

	while (reader.rest.data) {
		struct bytes before = reader.rest;
		size_t line_number = reader.line_number;
		struct tasklist_row row;
		const char *why = NULL;

		enum parse_result result = tasklist_next(&reader, &row, &why);

		switch (result) {
		case PARSE_RECORD:
			check(&row, text);
			break;
		case PARSE_MALFORMED:
			MUST(fuzz_is_sentence(why));
			break;
		case PARSE_SKIP:
			break;
		}
		/* A truncated line end is followed by an empty row without one. */
		MUST(reader.line_number > line_number ||
			(result == PARSE_SKIP && reader.line_number == line_number));
		MUST(!reader.rest.data || reader.rest.length < before.length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer text = {0};

	MUST(buffer_append(&text, data, size) == 0);
	MUST(encoding_make_utf8(&text) == 0);
	read_rows(buffer_bytes(&text));
	buffer_release(&text);
	return 0;
}
