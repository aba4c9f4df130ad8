#include "forwarder.h"

#include <errno.h>

#include "base/address.h"
#include "base/number.h"

static struct bytes program_of(struct bytes arguments)
{
	return bytes_last_part(bytes_cut(&arguments, '\0'), '/');
}

struct known_forwarder {
	const char *program;
	const char *runtime;
	bool may_be_others; /* not only podman uses it: see is_of_podman() */
};

/*
 * podman's forwarders are rootlessport, RootlessKit's port driver (containers-rootlessport before
 * version 4), or without a bridge pasta or slirp4netns. For root the kernel forwards, and conmon
 * holds the sockets to reserve the ports (libpod's oci_conmon_common.go).
 */
static const struct known_forwarder forwarders[] = {
	{"docker-proxy", "docker", false},
	{"rootlessport", "podman", false},
	{"containers-rootlessport", "podman", false},
	{"conmon", "podman", false},
	{"pasta", "podman", true},
	{"pasta.avx2", "podman", true},
	{"slirp4netns", "podman", true},
};

/* podman's network namespaces are files such as /run/user/1000/netns/netns-…. */
static bool is_of_podman(struct bytes arguments)
{
	const struct bytes part = bytes_of("/netns/");

	for (; arguments.length >= part.length; arguments = bytes_skip(arguments, 1))
		if (bytes_begin_with(arguments, part))
			return true;
	return false;
}

bool forwarder_is(struct bytes command, struct bytes arguments, const char **ret_runtime)
{
	for (size_t i = 0; i < sizeof(forwarders) / sizeof(forwarders[0]); i++) {
		struct bytes name = bytes_of(forwarders[i].program);

		if (!bytes_equal(command, name) && !bytes_equal(program_of(arguments), name))
			continue;
		if (forwarders[i].may_be_others && !is_of_podman(arguments))
			continue;
		*ret_runtime = forwarders[i].runtime;
		return true;
	}
	return false;
}

/*
 * Cuts a flag off the front of *rest: -name value, -name=value, or with two dashes. Returns false
 * at the end.
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
		/* Whether the next argument is its value depends on the flag. */
		*ret_value = value;
		return true;
	}
	return false;
}

static bool is_address(struct bytes text)
{
	struct address address;

	return address_parse(text, FAMILY_IPV4, &address) == 0 ||
		address_parse(text, FAMILY_IPV6, &address) == 0;
}

int forwarder_parse(struct bytes arguments, struct forwarder_target *ret_target)
{
	struct bytes rest = arguments;
	struct bytes address = {0};
	struct bytes port = {0};
	struct bytes name;
	struct bytes value;
	uint64_t number;

	bytes_cut(&rest, '\0');
	while (next_flag(&rest, &name, &value)) {
		struct bytes *wanted = bytes_is(name, "container-ip") ? &address
			: bytes_is(name, "container-port")            ? &port
								      : NULL;

		if (!wanted)
			continue;
		*wanted = value.data ? value : bytes_cut(&rest, '\0');
	}
	if (!is_address(address) || number_parse(port, UINT16_MAX, &number) || number == 0)
		return -EINVAL;
	*ret_target = (struct forwarder_target){address, (uint16_t)number};
	return 0;
}
