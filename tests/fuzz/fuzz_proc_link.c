#include "base/number.h"
#include "formats/proc_pid.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes target = fuzz_text(data, size);
	struct buffer link = {0};
	char digits[NUMBER_TEXT_MAX];
	uint64_t inode = 0;
	uint64_t again = 1;

	if (proc_parse_socket_link(target, &inode))
		return 0;
	number_format(inode, digits);
	MUST(buffer_append_text(&link, "socket:[") == 0);
	MUST(buffer_append_text(&link, digits) == 0);
	MUST(buffer_append_byte(&link, ']') == 0);
	MUST(proc_parse_socket_link(buffer_bytes(&link), &again) == 0 && inode == again);
	/* Two texts of one inode differ at most in leading zeros. */
	MUST(target.length >= link.length && bytes_begin_with(target, bytes_of("socket:[")));
	buffer_release(&link);
	return 0;
}
