#include "why/manager.h"

#include "unit.h"

const char program_name[] = "test";

struct manager_case {
	const char *command;
	struct bytes arguments;
	bool is_manager;
};

static const struct manager_case cases[] = {
	{"PM2 v5.3.0: God", TEXT("PM2 v5.3.0: God Daemon (/home/alice/.pm2)\0"), true},
	{"supervisord", TEXT("/usr/bin/python3\0/usr/bin/supervisord\0-n\0"), true},
	{"python3", TEXT("/usr/bin/python3\0/usr/bin/circusd\0circus.ini\0"), true},
	{"systemd", TEXT("/lib/systemd/systemd\0--user\0"), true},
	{"dockerd", TEXT("/usr/sbin/dockerd\0-H\0fd://\0"), true},
	{"rootlesskit", TEXT("rootlesskit\0--net=slirp4netns\0"), true},
	{"com.docker.back", TEXT("com.docker.backend\0"), true},
	{"wslrelay.exe", TEXT(""), true},
	{"exe", TEXT("/usr/bin/dockerd\0"), true},
	{"launchd", TEXT("/sbin/launchd\0"), true},
	{"services.exe", TEXT("C:\\Windows\\system32\\services.exe\0"), true},
	{"node", TEXT("node\0server.js\0"), false},
	{"nginx", TEXT("nginx: master process /usr/sbin/nginx\0"), false},
	{"bash", TEXT("bash\0"), false},
	{"docker-proxy", TEXT("/usr/bin/docker-proxy\0-proto\0tcp\0"), false},
	{"dockerd-rootles", TEXT("/bin/sh\0/usr/bin/dockerd-rootless.sh\0"), false},
};

static void a_program_that_runs_others_is_not_taken_for_one_server(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (manager_is(bytes_of(cases[i].command), cases[i].arguments) !=
			cases[i].is_manager)
			fail_msg("%s", cases[i].command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_program_that_runs_others_is_not_taken_for_one_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
