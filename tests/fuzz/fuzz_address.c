#include "fuzz.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct address address;

	for (enum address_family family = FAMILY_IPV4; family <= FAMILY_IPV6; family++) {
		if (address_parse(fuzz_text(data, size), family, &address))
			continue;
		MUST(address.family == family);
		MUST(memchr(address.zone, '\0', sizeof(address.zone)));
		fuzz_check_address(&address);
	}
	return 0;
}
