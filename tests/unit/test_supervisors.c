#include "why/supervisors.h"

#include "unit.h"

const char program_name[] = "test";

static const struct {
	struct bytes command;
	struct bytes arguments;
	enum role_kind kind;
	const char *supervisor; /* NULL: it is none */
} roles[] = {
	{TEXT("systemd"), TEXT("/usr/lib/systemd/systemd\0--user\0"), ROLE_MANAGER, NULL},

	/* Supervisors, by their own name or as the script of an interpreter. */
	{TEXT("runsv"), TEXT("runsv\0shop\0"), ROLE_SUPERVISOR, "runsv"},
	{TEXT("s6-supervise"), TEXT("s6-supervise\0shop\0"), ROLE_SUPERVISOR, "s6-supervise"},
	{TEXT("supervise"), TEXT("supervise\0shop\0"), ROLE_SUPERVISOR, "supervise"},
	{TEXT("supervisord"), TEXT("/usr/bin/python3\0/usr/bin/supervisord\0-n\0"), ROLE_SUPERVISOR,
		"supervisord"},
	{TEXT("python3.11"), TEXT("/usr/bin/python3.11\0-u\0/usr/bin/supervisord\0"),
		ROLE_SUPERVISOR, "supervisord"},
	{TEXT("PM2 v5.3.0: God"), TEXT("PM2 v5.3.0: God Daemon (/home/alice/.pm2)\0"),
		ROLE_SUPERVISOR, "pm2"},
	{TEXT("node"), TEXT("node\0/usr/local/bin/nodemon\0server.js\0"), ROLE_SUPERVISOR,
		"nodemon"},
	{TEXT("node"), TEXT("/usr/bin/node\0/home/alice/node_modules/nodemon/bin/nodemon.js\0"),
		ROLE_SUPERVISOR, "nodemon"},
	{TEXT("node.exe"), TEXT("C:\\nodejs\\node.exe\0C:\\shop\\nodemon\\bin\\nodemon.js\0"),
		ROLE_SUPERVISOR, "nodemon"},
	{{0}, TEXT("runsv\0shop\0"), ROLE_SUPERVISOR, "runsv"},
	/* They start other things, too, so whether they restart this one is unknown. */
	{TEXT("launchd"), TEXT("/sbin/launchd\0"), ROLE_OTHER, "launchd"},
	{TEXT("services.exe"), TEXT("C:\\Windows\\system32\\services.exe\0"), ROLE_OTHER,
		"services.exe"},
	{TEXT("services"), TEXT("/usr/bin/services\0"), ROLE_OTHER, NULL},
	/* Named alike, and none. */
	{TEXT("runsvdir"), TEXT("runsvdir\0-P\0/etc/service\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0server.js\0nodemon\0"), ROLE_OTHER, NULL},
	{TEXT("vi"), TEXT("vi\0supervisord\0"), ROLE_OTHER, NULL},

	/* A shell at its prompt. */
	{TEXT("zsh"), TEXT("-zsh\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("bash"), TEXT("bash\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("bash"), TEXT("/bin/bash\0--login\0-i\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("bash"), TEXT("/bin/bash\0--init-file\0/x/integration.sh\0-i\0"), ROLE_INTERACTIVE,
		NULL},
	{TEXT("bash"), TEXT("bash\0-o\0vi\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("tmux: server"), TEXT("tmux\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("sshd"), TEXT("sshd: alice@pts/0\0"), ROLE_INTERACTIVE, NULL},
	{TEXT("sshd: alice"), {0}, ROLE_INTERACTIVE, NULL},
	{TEXT("cmd.exe"), TEXT("C:\\Windows\\system32\\cmd.exe\0"), ROLE_INTERACTIVE, NULL},

	/* A shell that does what it was told. */
	{TEXT("sh"), TEXT("sh\0-c\0node server.js & tailwind\0"), ROLE_LAUNCHER, NULL},
	{TEXT("bash"), TEXT("bash\0-lc\0make run\0"), ROLE_LAUNCHER, NULL},
	{TEXT("cmd.exe"), TEXT("cmd.exe\0/d\0/c\0next dev\0"), ROLE_LAUNCHER, NULL},
	/* Which may be to start it again and again. */
	{TEXT("sh"), TEXT("sh\0-c\0while :; do node server.js; done\0"), ROLE_OTHER, NULL},
	{TEXT("sh"), TEXT("sh\0-c\0until node server.js; do :; done\0"), ROLE_OTHER, NULL},
	{TEXT("bash"), TEXT("bash\0./run.sh\0"), ROLE_OTHER, NULL},
	{TEXT("run.sh"), TEXT("/bin/bash\0./run.sh\0"), ROLE_OTHER, NULL},
	/* A shell that nothing else is known of. */
	{TEXT("bash"), {0}, ROLE_OTHER, NULL},

	/* Launchers. */
	{TEXT("npm run dev"), TEXT("npm run dev\0"), ROLE_LAUNCHER, NULL},
	{TEXT("npm start"), TEXT("npm start\0"), ROLE_LAUNCHER, NULL},
	{TEXT("node"), TEXT("node\0/usr/lib/node_modules/npm/bin/npm-cli.js\0run\0dev\0"),
		ROLE_LAUNCHER, NULL},
	{TEXT("node"), TEXT("node\0/opt/yarn/bin/yarn.js\0dev\0"), ROLE_LAUNCHER, NULL},
	{TEXT("make"), TEXT("make\0run\0"), ROLE_LAUNCHER, NULL},
	{TEXT("sudo"), TEXT("sudo\0node\0server.js\0"), ROLE_LAUNCHER, NULL},

	/* Others. */
	{TEXT("cron"), TEXT("/usr/sbin/cron\0-f\0"), ROLE_OTHER, NULL},
	{TEXT("npmfoo"), TEXT("npmfoo\0"), ROLE_OTHER, NULL},
	{{0}, {0}, ROLE_OTHER, NULL},
	{TEXT(""), TEXT(""), ROLE_OTHER, NULL},
	{TEXT("\xff\xfe"), TEXT("\0\0\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0-\0--\0"), ROLE_OTHER, NULL},
};

TEST(who_starts_again_what_has_ended_is_told_from_who_does_not)
{
	for (size_t i = 0; i < COUNT(roles); i++) {
		char *arguments = unit_alone(roles[i].arguments);
		struct role role = role_of(roles[i].command,
			(struct bytes){arguments, roles[i].arguments.length}, false);
		struct bytes which = roles[i].arguments.length ? roles[i].arguments
							       : roles[i].command;

		assert_case(which, role.kind, roles[i].kind);
		assert_case(which, role.supervisor != NULL, roles[i].supervisor != NULL);
		if (role.supervisor)
			assert_text(role.supervisor->program, roles[i].supervisor);
		free(arguments);
	}
}

TEST(pid_1_is_systemd_by_its_path_too)
{
	const struct bytes arguments = BYTES("/usr/lib/systemd/systemd\0splash\0");

	assert_int_equal(role_of(BYTES("init"), arguments, true).kind, ROLE_MANAGER);
	assert_int_equal(role_of(BYTES("init"), BYTES("/sbin/init\0"), true).kind, ROLE_OTHER);
}

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
		const struct bytes program = bytes_of(names[i].supervisor);
		const struct role role = role_of(program, program, false);

		assert_non_null(role.supervisor);
		assert_case(names[i].service, supervisor_takes(role.supervisor, names[i].service),
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
		cmocka_unit_test(who_starts_again_what_has_ended_is_told_from_who_does_not),
		cmocka_unit_test(pid_1_is_systemd_by_its_path_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
