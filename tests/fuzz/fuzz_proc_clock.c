#include "fuzz.h"
#include "why/proc_clock.h"

const char program_name[] = "fuzz";

/* The texts of /proc/stat and /proc/uptime: neither must be accepted as the other. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);
	int64_t boot = -4711;
	int64_t ticks = -4711;
	bool has_boot = proc_parse_boot_time(text, &boot) == 0;
	bool has_ticks = proc_parse_uptime(text, &ticks) == 0;

	MUST(has_boot ? boot >= 0 : boot == -4711);
	MUST(has_ticks ? ticks >= 0 : ticks == -4711);
	return 0;
}
