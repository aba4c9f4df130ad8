#include "asked_ports.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct asked_port asked;
	const char *why = NULL;

	if (asked_port_read(fuzz_text(data, size), &asked, &why)) {
		MUST(!why || fuzz_is_sentence(why));
		return 0;
	}
	MUST(asked.port > 0);
	return 0;
}
