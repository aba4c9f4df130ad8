#include "fuzz.h"
#include "proc/proc_net.h"

const char program_name[] = "fuzz";

static void read_rows(struct bytes text, struct proc_net_table table)
{
	while (text.data) {
		struct socket_row row = {0};
		struct bytes line = bytes_cut(&text, '\n');
		const char *why = NULL;

		switch (proc_net_parse_row(line, &table, &row, &why)) {
		case PARSE_RECORD:
			MUST(row.address.family == table.family && row.port != 0);
			fuzz_check_address(&row.address);
			break;
		case PARSE_MALFORMED:
			MUST(fuzz_is_sentence(why));
			break;
		case PARSE_SKIP:
			break;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char usual[] =
		"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   "
		"uid  timeout inode";
	struct bytes text = fuzz_text(data, size);
	struct bytes rows = text;
	struct bytes heading = bytes_cut(&rows, '\n');
	struct proc_net_table table = {0};

	/* Without a heading, the text is rows below the usual one. */
	if (proc_net_parse_heading(heading, &table)) {
		rows = text;
		MUST(proc_net_parse_heading(bytes_of(usual), &table) == 0);
	}
	for (unsigned i = 0; i < 8; i++) {
		table.proto = i & 1 ? PROTO_UDP : PROTO_TCP;
		table.family = i & 2 ? FAMILY_IPV6 : FAMILY_IPV4;
		table.order = i & 4 ? ORDER_BIG : ORDER_LITTLE;
		read_rows(rows, table);
	}
	return 0;
}
