#include "fuzz.h"
#include "why/forwarder.h"

const char program_name[] = "fuzz";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const commands[] = {"docker-proxy", "rootlessport", "conmon", "exe"};
	struct bytes arguments = fuzz_text(data, size);
	struct forwarder_target proxy = {.container_port = 0};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const char *runtime = "";

		if (forwarder_is(bytes_of(commands[i]), arguments, &runtime))
			MUST(strcmp(runtime, "docker") == 0 || strcmp(runtime, "podman") == 0);
		else
			MUST(*runtime == '\0');
	}
	if (forwarder_parse(arguments, &proxy) == 0) {
		MUST(proxy.container_port != 0 && proxy.container_address.data);
		MUST(fuzz_is_view(proxy.container_address, arguments));
		MUST(!fuzz_has(proxy.container_address, '\0'));
	} else {
		MUST(proxy.container_port == 0 && !proxy.container_address.data);
	}
	return 0;
}
