#include "fuzz.h"
#include "passwd.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = fuzz_text(data, size);
	struct bytes rest = text;
	struct bytes before = rest;
	struct passwd_user user;

	while (passwd_next(&rest, &user)) {
		MUST(!rest.data || rest.length < before.length);
		MUST(user.name.length > 0 && fuzz_is_view(user.name, text));
		MUST(!fuzz_has(user.name, ':') && !fuzz_has(user.name, '\n'));
		before = rest;
	}
	return 0;
}
