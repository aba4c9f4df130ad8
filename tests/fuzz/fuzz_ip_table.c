#include <errno.h>

#include "fuzz.h"
#include "iphlpapi/ip_table.h"

const char program_name[] = "fuzz";

static void read_table(struct bytes text, enum listener_proto proto, enum address_family family)
{
	struct ip_table table;
	struct ip_table_row row;
	size_t before;
	int error = ip_table_begin(text, proto, family, &table);

	MUST(error == 0 || error == -EBADMSG);
	if (error)
		return;
	before = table.rows.length;
	while (ip_table_next(&table, &row)) {
		MUST(table.rows.length < before && fuzz_is_view(table.rows, text));
		MUST(row.endpoint.proto == proto && row.endpoint.address.family == family);
		MUST(row.pid == LISTENER_NONE || (row.pid > 0 && row.pid <= UINT32_MAX));
		fuzz_check_address(&row.endpoint.address);
		before = table.rows.length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (unsigned i = 0; i < 4; i++)
		read_table(fuzz_text(data, size), i & 1 ? PROTO_UDP : PROTO_TCP,
			i & 2 ? FAMILY_IPV6 : FAMILY_IPV4);
	return 0;
}
