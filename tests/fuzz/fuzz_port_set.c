#include "base/port_set.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

static unsigned count_bits(const struct port_set *set)
{
	unsigned count = 0;

	for (size_t i = 0; i < sizeof(set->bits) / sizeof(set->bits[0]); i++)
		count += (unsigned)__builtin_popcountll(set->bits[i]);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes spec = fuzz_text(data, size);
	struct port_set set = {0};
	const char *why = NULL;
	unsigned low;
	unsigned high;
	uint16_t lowest;
	uint16_t highest;

	if (port_set_add(&set, spec, &why)) {
		MUST(fuzz_is_sentence(why));
		MUST(set.count == 0 && count_bits(&set) == 0);
		return 0;
	}
	MUST(set.count > 0 && set.count == count_bits(&set) && !port_set_has(&set, 0));
	port_set_bounds(&set, &lowest, &highest);
	MUST(port_set_has(&set, lowest) && port_set_has(&set, highest));
	while (port_set_cut(&spec, &low, &high)) {
		MUST(low >= lowest && low <= high && high <= highest);
		MUST(port_set_has(&set, (uint16_t)low) && port_set_has(&set, (uint16_t)high));
	}
	return 0;
}
