#include "why/socket_units.h"

#include "unit.h"

const char program_name[] = "test";

/* As systemctl of systemd 252 prints it. */
static const struct bytes shown = TEXT(
	"Listen=/run/dbus/system_bus_socket (Stream)\n"
	"Id=dbus.socket\n"
	"Triggers=dbus.service\n"
	"\n"
	"Listen=127.0.0.1:7109 (Stream)\n"
	"Listen=[::]:7119 (Datagram)\n"
	"Id=echo.socket\n"
	"Triggers=echo.service\n"
	"\n"
	"Listen=audit 1 (Netlink)\n"
	"Id=-M.socket\n"
	"Listen=127.0.0.1:7120 (Stream)");

static bool find(enum listener_proto proto, const char *text, enum address_family family,
	uint16_t port, struct socket_unit *ret_unit)
{
	struct address address;

	assert_int_equal(address_parse(bytes_of(text), family, &address), 0);
	return socket_units_find(shown, proto, &address, port, ret_unit);
}

TEST(the_unit_of_the_very_socket_is_found)
{
	struct socket_unit unit;

	assert_true(find(PROTO_TCP, "127.0.0.1", FAMILY_IPV4, 7109, &unit));
	assert_bytes(unit.id, BYTES("echo.socket"));
	assert_bytes(unit.triggers, BYTES("echo.service"));
	assert_true(find(PROTO_UDP, "::", FAMILY_IPV6, 7119, &unit));
	assert_bytes(unit.id, BYTES("echo.socket"));
	assert_true(find(PROTO_TCP, "127.0.0.1%lo", FAMILY_IPV4, 7109, &unit));
	assert_bytes(unit.id, BYTES("echo.socket"));
}

TEST(no_unit_is_stopped_for_another_socket)
{
	struct socket_unit unit;

	assert_false(find(PROTO_UDP, "127.0.0.1", FAMILY_IPV4, 7109, &unit));
	assert_false(find(PROTO_TCP, "0.0.0.0", FAMILY_IPV4, 7109, &unit));
	assert_false(find(PROTO_TCP, "127.0.0.1", FAMILY_IPV4, 710, &unit));
	/* Its name would be an option. */
	assert_false(find(PROTO_TCP, "127.0.0.1", FAMILY_IPV4, 7120, &unit));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_unit_of_the_very_socket_is_found),
		cmocka_unit_test(no_unit_is_stopped_for_another_socket),
	};

	return cmocka_run_group_tests_name("socket_units", tests, NULL, NULL);
}
