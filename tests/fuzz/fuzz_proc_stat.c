#include "formats/proc_pid.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

/* A name must not change the result: only what follows it counts. */
static void check_that_name_has_no_say(struct bytes text, const struct proc_stat *stat)
{
	struct proc_stat again;
	struct buffer plain = {0};
	size_t end = text.length;

	while (end && text.data[end - 1] != ')')
		end--;
	MUST(end > 0);
	text = bytes_skip(text, end - 1);
	MUST(buffer_append_text(&plain, "1 (x") == 0);
	MUST(buffer_append(&plain, text.data, text.length) == 0);
	MUST(proc_parse_stat(buffer_bytes(&plain), &again) == 0);
	MUST(stat->state == again.state && stat->parent == again.parent);
	MUST(stat->threads == again.threads && stat->start == again.start);
	buffer_release(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct proc_stat stat = {.state = '?', .parent = 1, .threads = 2, .start = 3};

	if (proc_parse_stat(fuzz_text(data, size), &stat) == 0)
		check_that_name_has_no_say(fuzz_text(data, size), &stat);
	else
		MUST(stat.state == '?' && stat.parent == 1 && stat.threads == 2 && stat.start == 3);
	return 0;
}
