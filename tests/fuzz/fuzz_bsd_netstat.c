#include "fuzz.h"
#include "lsof/bsd_netstat.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);

	while (text.data) {
		struct endpoint endpoint = {0};
		const char *why = NULL;

		switch (bsd_netstat_parse_row(bytes_cut(&text, '\n'), &endpoint, &why)) {
		case PARSE_RECORD:
			MUST(endpoint.proto == PROTO_TCP || endpoint.proto == PROTO_UDP);
			MUST(endpoint.port != 0);
			fuzz_check_address(&endpoint.address);
			break;
		case PARSE_MALFORMED:
			MUST(fuzz_is_sentence(why));
			break;
		case PARSE_SKIP:
			break;
		}
	}
	return 0;
}
