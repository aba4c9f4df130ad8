#include "fuzz.h"
#include "why/forwarder.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const commands[] = {"docker-proxy", "rootlessport", "conmon", "exe"};
	struct bytes arguments = fuzz_text(data, size);
	struct forwarder_target target = {.container_port = 0};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const char *runtime = "";

		if (forwarder_is(bytes_of(commands[i]), arguments, &runtime))
			MUST(strcmp(runtime, "docker") == 0 || strcmp(runtime, "podman") == 0);
		else
			MUST(*runtime == '\0');
	}
	if (forwarder_parse(arguments, &target) == 0) {
		MUST(target.container_port != 0 && target.container_address.data);
		MUST(fuzz_is_view(target.container_address, arguments));
		MUST(!fuzz_has(target.container_address, '\0'));
	} else {
		MUST(target.container_port == 0 && !target.container_address.data);
	}
	return 0;
}
