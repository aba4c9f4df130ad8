#include "formats/command_line.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

/* Quoting the arguments and splitting the result gives the same arguments. */
static void check_that_line_is_the_same(struct bytes arguments)
{
	const char **argv = calloc(arguments.length + 1, sizeof(*argv));
	struct buffer line = {0};
	struct buffer again = {0};
	size_t count = 0;

	MUST(argv);
	for (size_t at = 0; at < arguments.length; at += strlen(arguments.data + at) + 1)
		argv[count++] = arguments.data + at;
	MUST(command_line_append(&line, argv) == 0);
	MUST(command_line_split(buffer_bytes(&line), &again) == 0);
	MUST(bytes_equal(arguments, buffer_bytes(&again)));
	buffer_release(&again);
	buffer_release(&line);
	free(argv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes line = fuzz_text(data, size);
	struct buffer arguments = {0};

	if (fuzz_has(line, '\0'))
		return 0;
	MUST(command_line_split(line, &arguments) == 0);
	MUST(arguments.length == 0 || arguments.data[arguments.length - 1] == '\0');
	MUST(arguments.length <= line.length + 1);
	if (arguments.length)
		check_that_line_is_the_same(buffer_bytes(&arguments));
	buffer_release(&arguments);
	return 0;
}
