/*
 * What docker and podman print, written from their documentation and sources: docker-ps(1)'s
 * example of --format json, docker's DisplayablePorts(), podman's ListContainer and
 * PortMapping, and outputs that users have shown of them.
 */
#include "why/container_list.h"

#include <inttypes.h>

#include "unit.h"

const char program_name[] = "test";

#define ID_A "4f66ad9a0b2e2d5b6d3c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f00"
#define ID_B "aa11bb22cc33dd44ee55ff6677889900aabbccddeeff00112233445566778899"
#define ID_C "55a0b364793a3cef9ee0e17e8d5153f9979d827374e57437a9b910924bba0bfd"

/* Writes a container as one line, "4f66… web always tcp 0.0.0.0:8080->80 tcp *:…". */
static void describe(const struct listed_container *container, struct buffer *text)
{
	char piece[ADDRESS_TEXT_MAX + 64];

	buffer_append(text, container->id.data, 4);
	buffer_append_byte(text, ' ');
	buffer_append(text, container->name.data, container->name.length);
	buffer_append_byte(text, ' ');
	buffer_append(text, container->restart_policy.data, container->restart_policy.length);
	if (container->pid) {
		snprintf(piece, sizeof(piece), " of %" PRId64, container->pid);
		buffer_append_text(text, piece);
	}
	for (size_t i = 0; i < container->ports.count; i++) {
		const struct published_port *port = &container->ports.items[i];
		char address[ADDRESS_TEXT_MAX] = "*";

		if (!port->is_everywhere)
			address_format(&port->address, address);
		snprintf(piece, sizeof(piece), " %s %s:%u->%u", listener_proto_name(port->proto),
			address, port->host_port, port->container_port);
		buffer_append_text(text, piece);
		if (port->count != 1) {
			snprintf(piece, sizeof(piece), "+%u", port->count - 1);
			buffer_append_text(text, piece);
		}
	}
	buffer_append_byte(text, '\n');
}

typedef int reader(struct container_list *list, struct bytes text);

static void check(reader *read, struct bytes text, const char *expected)
{
	char *alone = unit_alone(text);
	struct container_list list = {0};
	struct buffer found = {0};

	assert_case(text, read(&list, (struct bytes){alone, text.length}), 0);
	free(alone);
	buffer_append_text(&found, "");
	for (size_t i = 0; i < list.count; i++)
		describe(&list.items[i], &found);
	assert_bytes(
		((struct bytes){found.data ? found.data : "", found.length}), bytes_of(expected));
	buffer_release(&found);
	container_list_release(&list);
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

#define check_list(text, expected) check(container_list_read, BYTES(text), expected)
#define check_inspected(text, expected) check(container_list_read_inspected, BYTES(text), expected)

/* An object of docker's with only the members that count. */
#define DOCKER(id, names, ports)                                                                   \
	"{\"ID\":\"" id "\",\"Names\":\"" names "\",\"Ports\":\"" ports "\"}\n"

TEST(a_container_of_docker_is_reported_with_its_ports)
{
	check_list(
		"{\"Command\":\"\\\"/docker-entrypoint.…\\\"\",\"CreatedAt\":\"2021-03-10 "
		"00:15:05 +0100 CET\",\"ID\":\"" ID_A
		"\",\"Image\":\"nginx\",\"Labels\":"
		"\"maintainer=NGINX Docker Maintainers \\u003cdocker-maint@nginx.com\\u003e\","
		"\"LocalVolumes\":\"0\",\"Mounts\":\"\",\"Names\":\"web\",\"Networks\":"
		"\"bridge\",\"Ports\":\"0.0.0.0:8080-\\u003e80/tcp, [::]:8080-\\u003e80/tcp, "
		"443/tcp\",\"RunningFor\":\"4 seconds ago\",\"Size\":\"0B\",\"State\":"
		"\"running\",\"Status\":\"Up 3 seconds\"}\n",
		"4f66 web  tcp 0.0.0.0:8080->80 tcp :::8080->80\n");
	check_list(DOCKER(ID_A, "web", "") DOCKER(ID_B, "db", "127.0.0.1:5432->5432/tcp"),
		"4f66 web \naa11 db  tcp 127.0.0.1:5432->5432\n");
	check_list(DOCKER("4f66ad9a0b2e", "web", "80/udp"), "4f66 web \n");
	/* Windows' line ends, and none at the end. */
	check_list("\r\n{\"ID\":\"" ID_A "\",\"Names\":\"web\"}\r\n{\"ID\":\"" ID_B "\"}",
		"4f66 web \naa11  \n");
	check_list("", "");
	check_list("\n\n", "");
}

TEST(the_ports_of_each_version_are_read)
{
	/* Before docker 28, and podman always. */
	check_list(DOCKER(ID_A, "web", "0.0.0.0:10040->3000/tcp, :::10040->3000/tcp"),
		"4f66 web  tcp 0.0.0.0:10040->3000 tcp :::10040->3000\n");
	check_list(DOCKER(ID_A, "web", "fd00::1:8080->80/udp, [fd00::1]:8081->81/udp"),
		"4f66 web  udp fd00::1:8080->80 udp fd00::1:8081->81\n");
	check_list(DOCKER(ID_A, "web",
			   "0.0.0.0:8000-8005->8000-8005/tcp, 0.0.0.0:9000-9002->7000-7002/udp"),
		"4f66 web  tcp 0.0.0.0:8000->8000+5 udp 0.0.0.0:9000->7000+2\n");
	check_list(DOCKER(ID_A, "web", ":8080->80/tcp,*:1->1/tcp,0.0.0.0:1-65535->1-65535/tcp"),
		"4f66 web  tcp *:8080->80 tcp 0.0.0.0:1->1+65534\n");
}

TEST(ports_that_are_not_understood_are_skipped)
{
	static const char *const table[] = {"8080->80/tcp", "0.0.0.0:8080->80", "0.0.0.0:8080->80/",
		"0.0.0.0:8080->80/sctp", "0.0.0.0:8080->/tcp", "0.0.0.0:->80/tcp",
		"0.0.0.0:0->80/tcp", "0.0.0.0:8080->0/tcp", "0.0.0.0:65536->80/tcp",
		"0.0.0.0:8080>80/tcp", "0.0.0.0:8080-80/tcp", "0.0.0.0:8080->80/TCP",
		"0.0.0.0:8000-8005->80/tcp", "0.0.0.0:8005-8000->8005-8000/tcp",
		"0.0.0.0:8000-->8000-/tcp", "0.0.0.0:8000-8001-8002->80-82/tcp",
		"localhost:8080->80/tcp", "[]:8080->80/tcp", "[::1:8080->80/tcp", "->80/tcp",
		"->/tcp", "/tcp", "/", "->", ">", ":", "-", ",", " ", "80/tcp"};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct published_ports ports = {0};
		char *alone = unit_alone(bytes_of(table[i]));

		assert_case(bytes_of(table[i]),
			published_ports_read(&ports, (struct bytes){alone, strlen(table[i])}), 0);
		assert_case(bytes_of(table[i]), ports.count, 0);
		published_ports_release(&ports);
		free(alone);
	}
	check_list(DOCKER(ID_A, "web", "x, 1.2.3.4:5->6/tcp, , 1:2->3"),
		"4f66 web  tcp 1.2.3.4:5->6\n");
}

TEST(a_container_of_podman_is_reported_with_its_ports)
{
	check_list(
		"[\n  {\n    \"AutoRemove\": false,\n    \"Command\": [\n      \"sleep\",\n"
		"      \"3600\"\n    ],\n    \"CreatedAt\": \"2 minutes ago\",\n"
		"    \"Id\": \"" ID_C
		"\",\n    \"Image\": \"localhost/web:latest\",\n"
		"    \"Labels\": {\n      \"demo\": \"true\"\n    },\n    \"Names\": [\n"
		"      \"web\"\n    ],\n    \"Pid\": 1234,\n    \"Ports\": [\n      {\n"
		"        \"host_ip\": \"\",\n        \"container_port\": 5432,\n"
		"        \"host_port\": 40441,\n        \"range\": 1,\n"
		"        \"protocol\": \"tcp\"\n      },\n      {\n"
		"        \"host_ip\": \"127.0.0.1\",\n        \"container_port\": 7000,\n"
		"        \"host_port\": 8000,\n        \"range\": 3,\n"
		"        \"protocol\": \"tcp,udp\"\n      }\n    ],\n"
		"    \"State\": \"running\",\n    \"Created\": 1784678819\n  }\n]\n",
		"55a0 web  tcp *:40441->5432 tcp 127.0.0.1:8000->7000+2 "
		"udp 127.0.0.1:8000->7000+2\n");
	check_list("[]\n", "");
	check_list("[{\"Id\":\"" ID_A "\",\"Names\":[\"web\"],\"Ports\":null}]", "4f66 web \n");
	/* Before version 4. */
	check_list("[{\"Id\":\"" ID_A
		   "\",\"Names\":[\"web\"],\"Ports\":[{\"hostPort\":8080,"
		   "\"containerPort\":80,\"protocol\":\"tcp\",\"hostIP\":\"\"}]}]",
		"4f66 web  tcp *:8080->80\n");
}

TEST(ports_of_podman_that_are_not_understood_are_skipped)
{
#define PORT(members) "{\"protocol\":\"tcp\"," members "}"
	check_list("[{\"Id\":\"" ID_A "\",\"Names\":[\"web\"],\"Ports\":["
		   "1,null,\"\",[],{},"
		   "{\"host_port\":1,\"container_port\":1},"
		   "{\"host_port\":1,\"container_port\":1,\"protocol\":\"sctp\"},"
		   "{\"host_port\":1,\"container_port\":1,\"protocol\":[\"tcp\"]}," PORT(
			   "\"host_port\":1") "," PORT("\"container_port\":1") ","
		   PORT("\"host_port\":0,\"container_port\":1") ","
		   PORT("\"host_port\":-1,\"container_port\":1") ","
		   PORT("\"host_port\":\"1\",\"container_port\":1") ","
		   PORT("\"host_port\":1.5,\"container_port\":1") ","
		   PORT("\"host_port\":65537,\"container_port\":1") ","
		   PORT("\"host_port\":1,\"container_port\":9223372036854775807") ","
		   PORT("\"host_port\":65535,\"container_port\":1,\"range\":2") ","
		   PORT("\"host_port\":1,\"container_port\":65535,\"range\":2") ","
		   PORT("\"host_port\":1,\"container_port\":1,\"range\":-1") ","
		   PORT("\"host_port\":1,\"container_port\":1,\"range\":65536") ","
		   PORT("\"host_port\":1,\"container_port\":1,\"host_ip\":\"web\"") ","
		   PORT("\"host_port\":7,\"container_port\":8,\"range\":0") "]}]",
		"4f66 web  tcp *:7->8\n");
#undef PORT
}

TEST(a_container_has_its_own_name)
{
	/* docker's --link gives names of other containers' making. */
	check_list(DOCKER(ID_A, "shop/db,db", ""), "4f66 db \n");
	check_list(DOCKER(ID_A, "db,shop/db", ""), "4f66 db \n");
	check_list(DOCKER(ID_A, "/web", ""), "4f66 web \n");
	check_list(DOCKER(ID_A, "a.b_c-9", ""), "4f66 a.b_c-9 \n");
	check_list("[{\"Id\":\"" ID_A "\",\"Names\":[\"web\",\"other\"]}]", "4f66 web \n");
}

TEST(a_name_that_could_do_harm_is_none)
{
	check_list(DOCKER(ID_A, "$(reboot)", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "--all", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "a b", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "a\\u001b[2J", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "a\\nb", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "//a", ""), "4f66  \n");
	check_list(DOCKER(ID_A, "", ""), "4f66  \n");
	check_list("{\"ID\":\"" ID_A "\",\"Names\":7,\"Ports\":7}", "4f66  \n");
	check_list("{\"ID\":\"" ID_A "\",\"Names\":[7,null,[]],\"Ports\":{}}", "4f66  \n");
}

TEST(what_is_no_container_is_skipped)
{
	static const char *const table[] = {"permission denied\n", "null\n", "7\n", "\"text\"\n",
		"{}\n", "{\"ID\":7}\n", "{\"ID\":\"\"}\n", "{\"ID\":\"4f66ad9a0b2\"}\n",
		"{\"ID\":\"--format=x\"}\n", "{\"ID\":\"" ID_A "0\"}\n",
		"{\"ID\":\"4f66ad9a0b2e/../../x\"}\n", "{\"ID\":\"4f66ad9a0b2e\\u0000\"}\n",
		"{\"ID\":\"" ID_A "\"", "{\"ID\":\"" ID_A, "[", "[{", "[[]]", "[7,null,{}]",
		"[{\"Id\":\"" ID_A "\"}", "{\"ID\":\"\xff\"}\n", "\xff\xfe{", "{\"ID\"}\n"};

	for (size_t i = 0; i < COUNT(table); i++)
		check(container_list_read, bytes_of(table[i]), "");
	check_list("warning\n" DOCKER(ID_A, "web", "") "{\n\0\n" DOCKER(ID_B, "db", ""),
		"4f66 web \naa11 db \n");
}

TEST(brackets_without_end_are_not_followed)
{
	struct container_list list = {0};
	struct buffer text = {0};

	for (size_t i = 0; i < 1000000; i++)
		buffer_append_byte(&text, '[');
	assert_int_equal(container_list_read(&list, buffer_bytes(&text)), 0);
	assert_int_equal(list.count, 0);
	container_list_release(&list);
	buffer_release(&text);
}

TEST(what_a_runtime_does_when_a_container_has_ended_is_reported)
{
	check_inspected("\"" ID_A
			"\" \"/web\" \"unless-stopped\"\n"
			"\"" ID_B "\" \"/db\" \"no\"\n",
		"4f66 web unless-stopped\naa11 db no\n");
	/* podman prints no '/'; docker's API leaves "no" empty. */
	check_inspected("\"" ID_C "\" \"web\" \"on-failure\"", "55a0 web on-failure\n");
	check_inspected("\"" ID_C "\" \"web\" \"\"\r\n", "55a0 web no\n");
	check_inspected("\"" ID_A "\" \"/web\" \"always\" \"172.17.0.2\"\n", "4f66 web always\n");
	check_inspected("\"" ID_A "\" \"/web\" \"always\" 4711 7\n", "4f66 web always of 4711\n");
	check_inspected("\"" ID_A "\" \"/web\" \"always\" 0\n", "4f66 web always\n");
	check_inspected("\"" ID_A "\" \"/web\" \"always\" -1\n", "4f66 web always\n");
}

TEST(what_is_missing_of_a_container_is_not_invented)
{
	check_inspected("\"" ID_A "\"\n", "4f66  \n");
	check_inspected("\"" ID_A "\" \"/web\"\n", "4f66 web \n");
	check_inspected("\"" ID_A "\" \"/web\" \n", "4f66 web \n");
	check_inspected("\"" ID_A "\" null null\n", "4f66  \n");
	check_inspected("\"" ID_A "\" 7 [\"always\"]\n", "4f66  \n");
	check_inspected("\"" ID_A "\" \"/web\" \"alw", "4f66 web \n");
	check_inspected("\"" ID_A "\" \"$(reboot)\" \"always\"\n", "4f66  always\n");
	check_inspected("\n\"web\" \"" ID_A "\"\n[]\n7\nError\n\"\n\"" ID_B "\" \"/db\" \"no\"\n",
		"aa11 db no\n");
	check_inspected("", "");
}

static const struct listed_container *find(const struct container_list *list,
	enum listener_proto proto, const char *text, uint16_t port, uint16_t *ret_port)
{
	enum address_family family = strchr(text, ':') ? FAMILY_IPV6 : FAMILY_IPV4;
	struct address address;

	assert_int_equal(address_parse(bytes_of(text), family, &address), 0);
	return container_list_find_published(list, proto, &address, port, ret_port);
}

TEST(a_port_is_that_of_the_container_which_publishes_it)
{
	static const char text[] = DOCKER(ID_A, "web",
		"0.0.0.0:8080->80/tcp, 0.0.0.0:9000-9002->7000-7002/udp, 127.0.0.1:53->5353/udp")
		DOCKER(ID_B, "db", "[::]:8080->81/tcp, 127.0.0.2:53->53/udp")
			DOCKER(ID_C, "all", ":3000->3001/tcp");
	static const struct {
		enum listener_proto proto;
		const char *address;
		uint16_t port;
		const char *name; /* NULL: none */
		uint16_t container_port;
	} table[] = {
		{PROTO_TCP, "0.0.0.0", 8080, "web", 80},
		{PROTO_TCP, "::", 8080, "db", 81},
		{PROTO_UDP, "0.0.0.0", 8080, NULL, 0},
		{PROTO_TCP, "0.0.0.0", 808, NULL, 0},
		{PROTO_TCP, "0.0.0.0", 80, NULL, 0},
		{PROTO_UDP, "0.0.0.0", 8999, NULL, 0},
		{PROTO_UDP, "0.0.0.0", 9000, "web", 7000},
		{PROTO_UDP, "0.0.0.0", 9002, "web", 7002},
		{PROTO_UDP, "0.0.0.0", 9003, NULL, 0},
		{PROTO_UDP, "127.0.0.1", 53, "web", 5353},
		{PROTO_UDP, "127.0.0.2", 53, "db", 53},
		{PROTO_UDP, "127.0.0.3", 53, NULL, 0},
		{PROTO_UDP, "::1", 53, NULL, 0},
		/* rootlessport listens on "::" for both. */
		{PROTO_UDP, "::", 9001, "web", 7001},
		{PROTO_TCP, "::", 3000, "all", 3001},
		{PROTO_TCP, "0.0.0.0", 3000, "all", 3001},
		{PROTO_TCP, "192.0.2.1", 3000, "all", 3001},
	};
	struct container_list list = {0};

	assert_int_equal(container_list_read(&list, bytes_of(text)), 0);
	for (size_t i = 0; i < COUNT(table); i++) {
		uint16_t port = 0;
		const struct listed_container *found = find(
			&list, table[i].proto, table[i].address, table[i].port, &port);

		assert_case(bytes_of(table[i].address), found != NULL, table[i].name != NULL);
		assert_case(bytes_of(table[i].address), port, table[i].container_port);
		if (found)
			assert_bytes(buffer_bytes(&found->name), bytes_of(table[i].name));
	}
	container_list_release(&list);
}

TEST(a_container_is_found_by_a_shortened_id_too)
{
	static const char *const found[] = {ID_B, "aa11bb22cc33"};
	static const char *const none[] = {"", "a", "aa11bb22cc3", "aa11bb22cc34", ID_C, "db"};
	struct container_list list = {0};

	assert_int_equal(
		container_list_read(&list, BYTES(DOCKER(ID_A, "web", "") DOCKER(ID_B, "db", ""))),
		0);
	for (size_t i = 0; i < COUNT(found); i++)
		assert_ptr_equal(container_list_find(&list, bytes_of(found[i])), &list.items[1]);
	for (size_t i = 0; i < COUNT(none); i++)
		assert_null(container_list_find(&list, bytes_of(none[i])));
	container_list_release(&list);
	assert_null(container_list_find(&list, bytes_of(ID_B)));
	assert_int_equal(container_list_read(&list, BYTES(DOCKER("aa11bb22cc33", "db", ""))), 0);
	assert_ptr_equal(container_list_find(&list, bytes_of(ID_B)), &list.items[0]);
	container_list_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_container_of_docker_is_reported_with_its_ports),
		cmocka_unit_test(the_ports_of_each_version_are_read),
		cmocka_unit_test(ports_that_are_not_understood_are_skipped),
		cmocka_unit_test(a_container_of_podman_is_reported_with_its_ports),
		cmocka_unit_test(ports_of_podman_that_are_not_understood_are_skipped),
		cmocka_unit_test(a_container_has_its_own_name),
		cmocka_unit_test(a_name_that_could_do_harm_is_none),
		cmocka_unit_test(what_is_no_container_is_skipped),
		cmocka_unit_test(brackets_without_end_are_not_followed),
		cmocka_unit_test(what_a_runtime_does_when_a_container_has_ended_is_reported),
		cmocka_unit_test(what_is_missing_of_a_container_is_not_invented),
		cmocka_unit_test(a_port_is_that_of_the_container_which_publishes_it),
		cmocka_unit_test(a_container_is_found_by_a_shortened_id_too),
	};

	return cmocka_run_group_tests_name("container_list", tests, NULL, NULL);
}
