#include "formats/procargs.h"
#include "fuzz.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);
	struct bytes arguments = {0};
	int32_t count;
	size_t ends = 0;

	if (procargs_parse(text, &arguments)) {
		MUST(!arguments.data);
		return 0;
	}
	MUST(fuzz_is_view(arguments, text) && size >= sizeof(count));
	memcpy(&count, data, sizeof(count));
	for (size_t i = 0; i < arguments.length; i++)
		ends += arguments.data[i] == '\0';
	/* Not one more than the kernel's count: the environment follows, with its secrets. */
	MUST(count >= 0 && ends == (size_t)count);
	MUST(arguments.length == 0 || arguments.data[arguments.length - 1] == '\0');
	return 0;
}
