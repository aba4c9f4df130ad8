/* The command lines are those that their sources write, and that reports of users show. */
#include "why/forwarder.h"

#include <errno.h>

#include "unit.h"

const char program_name[] = "test";

#define PROXY "/usr/bin/docker-proxy\0"

TEST(where_a_port_of_docker_leads_to_is_reported_by_its_proxy)
{
	static const struct {
		struct bytes arguments;
		struct bytes address;
		uint16_t port;
	} table[] = {
		{TEXT(PROXY "-proto\0tcp\0-host-ip\0"
			    "0.0.0.0\0-host-port\0"
			    "8080\0"
			    "-container-ip\0"
			    "172.17.0.2\0-container-port\0"
			    "80\0"),
			TEXT("172.17.0.2"), 80},
		/* docker 28 hands over a socket that listens already. */
		{TEXT(PROXY "-proto\0tcp\0-host-ip\0::\0-host-port\0"
			    "8080\0"
			    "-container-ip\0"
			    "172.17.0.2\0-container-port\0"
			    "80\0-use-listen-fd\0"),
			TEXT("172.17.0.2"), 80},
		{TEXT(PROXY "-use-listen-fd\0-container-ip\0"
			    "fd00::242:ac11:2\0-container-port\0"
			    "65535\0"),
			TEXT("fd00::242:ac11:2"), 65535},
		/* As Go's package flag allows. */
		{TEXT(PROXY "--container-ip=172.17.0.2\0--container-port=80\0"), TEXT("172.17.0.2"),
			80},
		{TEXT(PROXY "-container-port=80\0--container-ip\0"
			    "172.17.0.2"),
			TEXT("172.17.0.2"), 80},
		{TEXT(PROXY "-container-ip=10.0.0.1\0-container-port=1\0-container-ip=10.0.0.2\0"),
			TEXT("10.0.0.2"), 1},
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		char *alone = unit_alone(table[i].arguments);
		struct forwarder_target target = {0};

		assert_case(table[i].arguments,
			forwarder_parse((struct bytes){alone, table[i].arguments.length}, &target),
			0);
		assert_bytes(target.container_address, table[i].address);
		assert_case(table[i].arguments, target.container_port, table[i].port);
		free(alone);
	}
}

TEST(a_proxy_that_does_not_tell_where_to_is_not_made_to)
{
	static const struct bytes table[] = {
		TEXT(""),
		TEXT(PROXY),
		TEXT("-container-ip\0"
		     "172.17.0.2\0-container-port\0"
		     "80\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0"),
		TEXT(PROXY "-container-port=80\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port=\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port=0\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port=-1\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port=65536\0"),
		TEXT(PROXY "-container-ip=172.17.0.2\0-container-port=0x50\0"),
		TEXT(PROXY "-container-ip=\0-container-port=80\0"),
		TEXT(PROXY "-container-ip=web\0-container-port=80\0"),
		TEXT(PROXY "-container-ip=172.17.0.2;reboot\0-container-port=80\0"),
		TEXT(PROXY "container-ip=172.17.0.2\0container-port=80\0"),
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		char *alone = unit_alone(table[i]);
		struct forwarder_target target = {.container_port = 7};

		assert_case(table[i],
			forwarder_parse((struct bytes){alone, table[i].length}, &target), -EINVAL);
		assert_int_equal(target.container_port, 7);
		free(alone);
	}
}

#define NETNS "/run/user/1000/netns/netns-9dde3e2b\0"

TEST(what_holds_the_ports_of_a_container_is_never_taken_for_the_server)
{
	static const struct {
		const char *command;
		struct bytes arguments;
		const char *runtime; /* NULL: it is none */
	} table[] = {
		{"docker-proxy", TEXT(PROXY), "docker"},
		{"docker-proxy", TEXT(""), "docker"},
		{"exe", TEXT(PROXY), "docker"},
		{"rootlessport", TEXT("rootlessport\0"), "podman"},
		{"exe", TEXT("containers-rootlessport\0"), "podman"},
		{"conmon", TEXT("/usr/bin/conmon\0--api-version\0001\0-c\000439e9d1532d0\0"),
			"podman"},
		{"pasta",
			TEXT("/usr/bin/pasta\0--config-net\0-t\08080-8080:80-80\0--netns\0" NETNS),
			"podman"},
		{"pasta.avx2", TEXT("/usr/bin/pasta\0--config-net\0--netns\0" NETNS), "podman"},
		{"slirp4netns",
			TEXT("/usr/bin/slirp4netns\0-c\0--netns-type=path\0" NETNS "tap0\0"),
			"podman"},
		/* Started by a person, and by RootlessKit. */
		{"pasta", TEXT("pasta\0--config-net\0--\0node\0server.js\0"), NULL},
		{"slirp4netns", TEXT("slirp4netns\0--mtu\00065520\0004711\0tap0\0"), NULL},
		{"rootlesskit", TEXT("rootlesskit\0--port-driver=builtin\0dockerd\0"), NULL},
		{"com.docker.backend", TEXT(""), NULL},
		{"node", TEXT("node\0docker-proxy\0"), NULL},
		{"docker-proxy2", TEXT("/docker-proxy/node\0"), NULL},
		{"", TEXT(""), NULL},
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct bytes command = bytes_of(table[i].command);
		char *alone = unit_alone(table[i].arguments);
		const char *runtime = NULL;

		assert_case(command,
			forwarder_is(command, (struct bytes){alone, table[i].arguments.length},
				&runtime),
			table[i].runtime != NULL);
		if (table[i].runtime)
			assert_text(runtime, table[i].runtime);
		free(alone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_a_port_of_docker_leads_to_is_reported_by_its_proxy),
		cmocka_unit_test(a_proxy_that_does_not_tell_where_to_is_not_made_to),
		cmocka_unit_test(what_holds_the_ports_of_a_container_is_never_taken_for_the_server),
	};

	return cmocka_run_group_tests_name("forwarder", tests, NULL, NULL);
}
