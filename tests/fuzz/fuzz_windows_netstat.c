#include "base/encoding.h"
#include "fuzz.h"
#include "known_text.h"
#include "netstat/net_tcp_table.h"
#include "netstat/windows_netstat.h"

const char program_name[] = "fuzz";

static void read_row(struct bytes line)
{
	struct windows_netstat_row row = {0};
	const char *why = NULL;
	struct bytes owner = {0};

	if (windows_netstat_parse_owner(line, &owner) == 0)
		MUST(owner.length && fuzz_is_view(owner, line));
	switch (windows_netstat_parse_row(line, &row, &why)) {
	case PARSE_RECORD:
		MUST(windows_netstat_is_row(line));
		MUST(row.endpoint.port != 0);
		MUST(row.has_pid ? row.pid >= LISTENER_NONE : row.pid == LISTENER_NONE);
		fuzz_check_address(&row.endpoint.address);
		break;
	case PARSE_MALFORMED:
		MUST(fuzz_is_sentence(why));
		break;
	case PARSE_SKIP:
		break;
	}
}

static void read_table_line(struct net_tcp_table *table, struct bytes line)
{
	struct windows_netstat_row row = {0};
	const char *why = NULL;

	switch (net_tcp_table_parse_line(table, line, &row, &why)) {
	case PARSE_RECORD:
		MUST(table->has_heading && row.endpoint.port != 0);
		MUST(row.has_pid == table->has_pid);
		fuzz_check_address(&row.endpoint.address);
		break;
	case PARSE_MALFORMED:
		MUST(table->has_heading && fuzz_is_sentence(why));
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
	struct net_tcp_table table = {0};

	MUST(buffer_append(&text, data, size) == 0);
	MUST(encoding_make_utf8(&text) == 0);
	if (is_utf16(fuzz_text(data, size)))
		MUST(fuzz_is_utf8(buffer_bytes(&text)));
	rest = buffer_bytes(&text);
	known_text_describe(rest);
	while (rest.data) {
		struct bytes line = bytes_cut(&rest, '\n');

		read_row(line);
		read_table_line(&table, line);
	}
	buffer_release(&text);
	return 0;
}
