#include "fuzz.h"
#include "why/unit_list.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);
	struct unit_list list = {0};

	MUST(unit_list_read(&list, text) == 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct listed_unit *unit = &list.items[i];

		MUST(unit->id.length > 0 && fuzz_is_view(unit->id, text));
		MUST(!fuzz_has(unit->id, '\n') && unit->main_pid >= -1);
		MUST(fuzz_is_view(unit->restart, text) && fuzz_is_view(unit->triggered_by, text));
		MUST(unit_list_find(&list, unit->id));
	}
	unit_list_release(&list);
	return 0;
}
