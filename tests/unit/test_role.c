#include "why/role.h"

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

	/* Watchers and reloaders. */
	{TEXT("node"), TEXT("node\0--watch\0server.js\0"), ROLE_SUPERVISOR, "watch mode"},
	{TEXT("bun"), TEXT("bun\0--hot\0run\0server.ts\0"), ROLE_SUPERVISOR, "watch mode"},
	{TEXT("deno"), TEXT("deno\0run\0--watch\0server.ts\0"), ROLE_SUPERVISOR, "watch mode"},
	{TEXT("node"), TEXT("node\0/shop/node_modules/.bin/tsx\0watch\0server.ts\0"),
		ROLE_SUPERVISOR, "tsx"},
	{TEXT("node"), TEXT("node\0/shop/node_modules/.bin/tsx\0server.ts\0"), ROLE_OTHER, NULL},
	{TEXT("python3"), TEXT("python3\0manage.py\0runserver\0"), ROLE_OTHER, "manage"},
	{TEXT("python3"), TEXT("python3\0manage.py\0migrate\0"), ROLE_OTHER, NULL},
	{TEXT("flask"), TEXT("/usr/bin/python3\0/usr/bin/flask\0--debug\0run\0"), ROLE_OTHER,
		"flask"},
	{TEXT("uvicorn"), TEXT("/usr/bin/python3\0/usr/bin/uvicorn\0--reload\0app:app\0"),
		ROLE_SUPERVISOR, "uvicorn"},
	{TEXT("node"), TEXT("/usr/bin/node\0/usr/lib/node_modules/forever/bin/monitor\0app.js\0"),
		ROLE_SUPERVISOR, "forever"},
	{TEXT("node"), TEXT("node\0/usr/bin/concurrently\0--restart-tries=3\0node server.js\0"),
		ROLE_SUPERVISOR, "concurrently"},
	{TEXT("daemon"), TEXT("daemon\0--respawn\0--\0node\0server.js\0"), ROLE_SUPERVISOR,
		"daemon"},
	{TEXT("daemon"), TEXT("daemon\0--\0node\0server.js\0"), ROLE_OTHER, NULL},
	{TEXT("supervise-daemo"), TEXT("supervise-daemon\0shop\0--start\0"), ROLE_SUPERVISOR,
		"supervise-daemon"},

	/* Scripts of somebody's own that are named like programs. */
	{TEXT("script.py"), TEXT("/usr/bin/python3\0./script.py\0"), ROLE_OTHER, NULL},
	{TEXT("python3"), TEXT("python3\0task.py\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0make.js\0"), ROLE_OTHER, NULL},
	{TEXT("time.py"), TEXT("python3\0/home/alice/time.py\0"), ROLE_OTHER, NULL},
	{TEXT("python3"), TEXT("python3\0login.py\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0npm.js\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0nodemon.js\0"), ROLE_OTHER, NULL},

	/* Loops in a shell's text, however they are written. */
	{TEXT("sh"), TEXT("sh\0-c\0for((;;)) do node server.js; done\0"), ROLE_OTHER, NULL},
	{TEXT("bash"), TEXT("bash\0-c\0while((1)); do node server.js; done\0"), ROLE_OTHER, NULL},
	{TEXT("bash"), TEXT("bash\0-c\0while\ttrue; do node server.js; done\0"), ROLE_OTHER, NULL},
	{TEXT("bash"), TEXT("bash\0-c\0f(){ node server.js; f; }; f\0"), ROLE_OTHER, NULL},
	{TEXT("sh"), TEXT("sh\0-c\0node server.js; exec sh -c \"$0\"\0"), ROLE_OTHER, NULL},
	{TEXT("sh"), TEXT("sh\0-c\0yes | xargs -n1 node server.js\0"), ROLE_OTHER, NULL},
	{TEXT("sh"), TEXT("sh\0-c\0./for-sale --while\0"), ROLE_LAUNCHER, NULL},

	/* They run what others have given them. */
	{TEXT("cron"), TEXT("/usr/sbin/cron\0-f\0"), ROLE_RUNNER, NULL},
	{TEXT("Runner.Worker"), TEXT("/opt/runner/bin/Runner.Worker\0"), ROLE_RUNNER, NULL},

	/* Others. */
	{TEXT("npmfoo"), TEXT("npmfoo\0"), ROLE_OTHER, NULL},
	{{0}, {0}, ROLE_OTHER, NULL},
	{TEXT(""), TEXT(""), ROLE_OTHER, NULL},
	{TEXT("\xff\xfe"), TEXT("\0\0\0"), ROLE_OTHER, NULL},
	{TEXT("node"), TEXT("node\0-\0--\0"), ROLE_OTHER, NULL},
};

TEST(supervisors_are_distinguished_from_launchers_and_shells)
{
	for (size_t i = 0; i < COUNT(roles); i++) {
		char *arguments = unit_alone(roles[i].arguments);
		struct program program = program_read(
			roles[i].command, (struct bytes){arguments, roles[i].arguments.length});
		struct role role = role_of(&program, false);
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
	const struct program systemd = program_read(
		BYTES("init"), BYTES("/usr/lib/systemd/systemd\0splash\0"));
	const struct program other = program_read(BYTES("init"), BYTES("/sbin/init\0"));

	assert_int_equal(role_of(&systemd, true).kind, ROLE_MANAGER);
	assert_int_equal(role_of(&other, true).kind, ROLE_OTHER);
}

/* What containers have as pid 1 starts nothing by itself. */
TEST(an_init_that_starts_nothing_again_is_known)
{
	static const char *const names[] = {
		"tini", "docker-init", "dumb-init", "catatonit", "sleep"};

	for (size_t i = 0; i < COUNT(names); i++) {
		const struct program program = {.command = bytes_of(names[i])};

		assert_case(program.command, role_of(&program, true).kind, ROLE_INIT);
		assert_case(program.command, role_of(&program, false).kind, ROLE_OTHER);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(supervisors_are_distinguished_from_launchers_and_shells),
		cmocka_unit_test(pid_1_is_systemd_by_its_path_too),
		cmocka_unit_test(an_init_that_starts_nothing_again_is_known),
	};

	return cmocka_run_group_tests_name("role", tests, NULL, NULL);
}
