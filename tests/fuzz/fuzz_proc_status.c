#include "formats/proc_pid.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);
	struct buffer further = {0};
	uint32_t uid = 4711;
	uint32_t again = 4711;

	if (proc_parse_status_uid(text, &uid)) {
		MUST(uid == 4711);
		return 0;
	}
	/* Later lines must not change the result. */
	MUST(buffer_append(&further, text.data, text.length) == 0);
	MUST(buffer_append_text(&further, "\nUid:\t7\t7\t7\t7\n") == 0);
	MUST(proc_parse_status_uid(buffer_bytes(&further), &again) == 0 && again == uid);
	buffer_release(&further);
	return 0;
}
