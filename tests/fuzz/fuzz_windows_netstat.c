#include "base/encoding.h"
#include "fuzz.h"
#include "netstat/windows_netstat.h"

const char program_name[] = "fuzz";

static void read_row(struct bytes line)
{
	struct windows_netstat_row row = {0};
	const char *why = NULL;

	switch (windows_netstat_parse_row(line, &row, &why)) {
	case PARSE_RECORD:
		MUST(windows_netstat_is_row(line));
		MUST(row.endpoint.port != 0);
		MUST(row.has_pid ? row.pid >= LISTENER_NONE : row.pid == LISTENER_NONE);
		fuzz_check_address(&row.endpoint.address);
		break;
	case PARSE_MALFORMED:
		MUST(windows_netstat_is_row(line) && fuzz_is_sentence(why));
		break;
	case PARSE_SKIP:
		break;
	}
}

static bool is_utf16(struct bytes text)
{
	return text.length >= 2 &&
		(memcmp(text.data, "\xff\xfe", 2) == 0 || memcmp(text.data, "\xfe\xff", 2) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer text = {0};
	struct bytes rest;

	MUST(buffer_append(&text, data, size) == 0);
	MUST(encoding_make_utf8(&text) == 0);
	if (is_utf16(fuzz_text(data, size)))
		MUST(fuzz_is_utf8(buffer_bytes(&text)));
	rest = buffer_bytes(&text);
	while (rest.data)
		read_row(bytes_cut(&rest, '\n'));
	buffer_release(&text);
	return 0;
}
