#include "fuzz.h"
#include "why/role.h"

const char program_name[] = "fuzz";

/* The first line is the command, the rest the arguments. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes arguments = fuzz_text(data, size);
	struct bytes command = bytes_cut(&arguments, '\n');
	struct program program = program_read(command, arguments);
	struct role role = role_of(&program, false);

	MUST(!program.script.data || program.is_interpreter);
	MUST(program.rest.length + program.options.length <= arguments.length);
	MUST(role.kind != ROLE_SUPERVISOR || role.supervisor);
	(void)program_label(&program);
	return 0;
}
