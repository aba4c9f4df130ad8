#include "docker_proxy.h"

#include <errno.h>

#include "number.h"

static struct bytes program_of(struct bytes arguments)
{
	struct bytes path = bytes_cut(&arguments, '\0');
	struct bytes name = path;

	while (path.data)
		name = bytes_cut(&path, '/');
	return name;
}

bool docker_proxy_is(struct bytes command, struct bytes arguments, const char **ret_runtime)
{
	/* podman's, without root, is RootlessKit's port driver. */
	static const char *const programs[][2] = {
		{"docker-proxy", "docker"}, {"rootlessport", "podman"}};

	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		struct bytes name = bytes_of(programs[i][0]);

		if (bytes_equal(command, name) || bytes_equal(program_of(arguments), name)) {
			*ret_runtime = programs[i][1];
			return true;
		}
	}
	return false;
}

/*
 * Takes a flag off the front of *rest: -name value, -name=value, and either with two dashes.
 * Returns false at the end.
 */
static bool next_flag(struct bytes *rest, struct bytes *ret_name, struct bytes *ret_value)
{
	while (rest->length) {
		struct bytes argument = bytes_cut(rest, '\0');
		struct bytes value = argument;
		struct bytes name;

		if (argument.length == 0 || argument.data[0] != '-')
			continue;
		name = bytes_cut(&value, '=');
		while (name.length && name.data[0] == '-')
			name = bytes_skip(name, 1);
		*ret_name = name;
		/* The next argument may be a value or another flag: those who know the name tell.
		 */
		*ret_value = value;
		return true;
	}
	return false;
}

int docker_proxy_parse(struct bytes arguments, struct docker_proxy *ret_proxy)
{
	struct bytes rest = arguments;
	struct bytes address = {0};
	struct bytes port = {0};
	struct bytes name;
	struct bytes value;
	uint64_t number;

	bytes_cut(&rest, '\0');
	while (next_flag(&rest, &name, &value)) {
		struct bytes *wanted = bytes_equal(name, bytes_of("container-ip")) ? &address
			: bytes_equal(name, bytes_of("container-port"))            ? &port
										   : NULL;

		if (!wanted)
			continue;
		*wanted = value.data ? value : bytes_cut(&rest, '\0');
	}
	if (address.length == 0 || number_parse(port, UINT16_MAX, &number) || number == 0)
		return -EINVAL;
	*ret_proxy = (struct docker_proxy){address, (uint16_t)number};
	return 0;
}
