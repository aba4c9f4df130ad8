#include "why/supervisors.h"

#include "unit.h"

const char program_name[] = "test";

/* 255 bytes are taken, and 256 not. */
#define SIXTY_FOUR "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONGEST                                                                                    \
	"a" SIXTY_FOUR SIXTY_FOUR SIXTY_FOUR                                                       \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"

TEST(no_service_has_a_name_that_would_stop_another_one)
{
	static const struct {
		const char *supervisor;
		struct bytes service;
		bool is_taken;
	} names[] = {
		{"pm2", TEXT("shop"), true},
		{"pm2", TEXT("_shop-2"), true},
		{"pm2", TEXT(LONGEST), true},
		{"pm2", TEXT(LONGEST "e"), false},
		{"pm2", TEXT(""), false},
		{"pm2", {NULL, 0}, false},
		{"pm2", TEXT("all"), false},
		{"pm2", TEXT("--help"), false},
		{"pm2", TEXT("0"), false},
		{"pm2", TEXT("/.*/"), false},
		{"pm2", TEXT("evil.config.js"), false},
		{"pm2", TEXT("shop\n"), false},
		{"pm2", TEXT("sh\xc3\xb6p"), false},
		{"circusd", TEXT("web*"), false},
		{"supervisord", TEXT("web:shop_1"), true},
		{"supervisord", TEXT("web:*"), false},
		{"supervisord", TEXT("web:"), false},
		{"supervisord", TEXT(":shop"), false},
		{"supervisord", TEXT("web all"), false},
		{"runsv", TEXT("shop"), true},
		{"runsv", TEXT("3000"), true},
		{"runsv", TEXT("/etc/service/a shop"), true},
		{"runsv", TEXT("--force-stop"), false},
		{"runsv", TEXT("../shop"), false},
		{"runsv", TEXT("shop[1]"), false},
		{"runsv", TEXT("shop\x1b"), false},
		{"s6-supervise", TEXT("/run/service/shop"), true},
		{"s6-supervise", TEXT("-a"), false},
		{"s6-supervise", TEXT("/run/\n"), false},
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		const struct program program = {.command = bytes_of(names[i].supervisor)};
		const struct supervisor *supervisor = supervisor_find(&program);

		assert_non_null(supervisor);
		assert_case(names[i].service, supervisor_takes(supervisor, names[i].service),
			names[i].is_taken);
	}
}

TEST(the_name_of_a_service_goes_anywhere_in_the_stop_command)
{
	static const struct {
		struct supervisor supervisor;
		struct bytes service;
		const char *command;
	} commands[] = {
		{{.stop = "sv stop %s", .service = SERVICE_ARGUMENT}, TEXT("shop"), "sv stop shop"},
		{{.stop = "rc-service %s stop", .service = SERVICE_ARGUMENT}, TEXT("shop"),
			"rc-service shop stop"},
		{{.stop = "rc-service %s stop", .service = SERVICE_ARGUMENT}, TEXT("a shop"),
			"rc-service 'a shop' stop"},
		{{.stop = "rc-service %s stop", .service = SERVICE_ARGUMENT}, TEXT("--all"),
			"rc-service NAME stop"},
	};

	for (size_t i = 0; i < COUNT(commands); i++) {
		struct buffer command = {0};

		assert_int_equal(supervisor_append_stop(
					 &commands[i].supervisor, commands[i].service, &command),
			0);
		assert_bytes(buffer_bytes(&command), bytes_of(commands[i].command));
		buffer_release(&command);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_name_of_a_service_goes_anywhere_in_the_stop_command),
		cmocka_unit_test(no_service_has_a_name_that_would_stop_another_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
