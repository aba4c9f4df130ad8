#include "remedy_told.h"

const char program_name[] = "test";

static const struct remedy_test tests[] = {
	{
		.name = "pm2's daemon holds the port of a clustered app: every app would end with "
			"it",
		.ancestors = {{"PM2 v5.3.0: God",
				      TEXT("PM2 v5.3.0: God Daemon (/home/alice/.pm2)\0")},
			SYSTEMD},
		.last_pid = 1,
		.unit = {.name = TEXT("pm2-alice.service"), .restart = TEXT("on-failure")},
		.listed = {.main_pid = 100},
		.verdict = VERDICT_STOP,
		.command = TEXT("pm2 stop NAME"),
		.why = TEXT(
			"PM2 v5.3.0: God (100) runs other programs too, which would end with "
			"it: stop the one that uses this port instead (pm2 list shows the NAME)"),
	},
	{
		.name = "dockerd holds a published port itself",
		.ancestors = {{"dockerd", TEXT("/usr/sbin/dockerd\0-H\0fd://\0")}, SYSTEMD},
		.last_pid = 1,
		.unit = {.name = TEXT("docker.service"), .restart = TEXT("always")},
		.listed = {.main_pid = 100},
		.verdict = VERDICT_STOP,
		.why = TEXT("dockerd (100) runs other programs too, which would end with it: stop "
			    "the one that uses this port instead"),
	},
	{
		.name = "a user's systemd holds a socket for a unit",
		.ancestors = {{"systemd", TEXT("/lib/systemd/systemd\0--user\0")}, SYSTEMD},
		.last_pid = 1,
		.unit = {.name = TEXT("user@1000.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 100},
		.verdict = VERDICT_STOP,
		.why = TEXT("systemd (100) runs other programs too, which would end with it: stop "
			    "the one that uses this port instead"),
	},
	{
		.name = "a unit whose main process is a script that may hold a loop",
		.ancestors = {NODE, {"sh", TEXT("sh\0-c\0while :; do node server.js; done\0")},
			SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 101},
		.is_alone = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("otherwise sh (101) may restart it"),
	},
	{
		.name = "a unit that runs other programs as well",
		.ancestors = {NODE, {"sh", TEXT("sh\0/opt/start.sh\0")}, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("always")},
		.listed = {.main_pid = 101},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("sh (101) may restart it"),
	},
	{
		.name = "cron's unit is never stopped for a job",
		.ancestors = {NODE, {"cron", TEXT("/usr/sbin/cron\0-f\0")}, SYSTEMD},
		.unit = {.name = TEXT("cron.service"), .restart = TEXT("on-failure")},
		.listed = {.main_pid = 101},
		.is_alone = true,
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("cron (101) may restart it"),
	},
	{
		.name = "nodemon as a unit's main process",
		.ancestors = {NODE, {"node", TEXT("node\0/usr/bin/nodemon\0server.js\0")}, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("always")},
		.listed = {.main_pid = 101},
		.is_alone = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("otherwise systemd restarts it (Restart=always)"),
	},
	{
		.name = "a unit that another one upholds",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 100, .upheld_by = TEXT("multi-user.target")},
		.verdict = VERDICT_STOP,
		.why = TEXT("multi-user.target would start it again (Upholds=): stop or change "
			    "that first"),
	},
	{
		.name = "a unit that some exit statuses restart",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 100, .restart_force_exit_status = TEXT("SIGTERM")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("otherwise systemd may restart it (RestartForceExitStatus=SIGTERM)"),
	},
	{
		.name = "a unit whose end starts another one",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 100, .on_failure = TEXT("rescue.service")},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("rescue.service may restart it (OnSuccess=, OnFailure=)"),
	},
	{
		.name = "monit's children are in its unit",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("monit.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 700},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("monit may restart it (monit stop NAME stops it, and monit summary "
			    "shows the NAME)"),
	},
	{
		.name = "a shell that starts several programs in one unit",
		.ancestors = {NODE, {"sh", TEXT("sh\0-c\0node a.js & node b.js & wait\0")},
			SYSTEMD},
		.unit = {.name = TEXT("pair.service"), .restart = TEXT("no")},
		.listed = {.main_pid = 101},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("sh (101) may restart it, and pair.service may run other programs too"),
	},
	{
		.name = "a unit that systemd restarts",
		.ancestors = {NODE, SYSTEMD},
		.last_pid = 1,
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("always")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("otherwise systemd restarts it (Restart=always)"),
	},
	{
		.name = "a user's unit, its main process a launcher",
		.ancestors = {NODE, {"npm start", TEXT("npm start\0")}, SYSTEMD, SYSTEMD},
		.unit = {.name = TEXT("shop.service"),
			.manager = MANAGER_USER,
			.restart = TEXT("on-failure")},
		.listed = {.main_pid = 101},
		.is_alone = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --user stop shop.service"),
		.why = TEXT("otherwise the user's systemd restarts it (Restart=on-failure)"),
	},
	{
		.name = "a unit of another user's than who asks",
		.ancestors = {NODE, SYSTEMD, SYSTEMD},
		.unit = {.name = TEXT("shop.service"),
			.manager = MANAGER_USER,
			.restart = TEXT("always")},
		.manager_user = 1000,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --user --machine 1000@.host stop shop.service"),
		.why = TEXT("otherwise the user's systemd restarts it (Restart=always)"),
	},
	{
		.name = "a unit of which nobody can be asked",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("a\\x2db.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop 'a\\x2db.service'"),
		.why = TEXT("otherwise systemd may restart it"),
	},
	{
		.name = "a unit with a socket that starts it on demand",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.triggered_by = TEXT("shop.socket shop.timer")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop shop.socket shop.timer shop.service"),
		.why = TEXT("otherwise shop.socket shop.timer starts it again"),
	},
	{
		.name = "a unit whose systemd calls options what starts it",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("evil.service"),
			.manager = MANAGER_USER,
			.restart = TEXT("no")},
		.listed = {.triggered_by = TEXT(
				   "--host=evil.example --force a\\x2db.path sshd.service *.socket "
				   "-H.timer $(reboot).timer")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --user stop 'a\\x2db.path' evil.service"),
		.why = TEXT("otherwise a\\x2db.path starts it again"),
	},
	{
		.name = "a unit that is started by nothing that could start it",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.listed = {.triggered_by = TEXT("--force")},
		.verdict = VERDICT_KILL,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("nothing known restarts it: shop.service has Restart=no"),
	},
	{
		.name = "a unit that systemd leaves dead",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("shop.service"), .restart = TEXT("no")},
		.verdict = VERDICT_KILL,
		.command = TEXT("systemctl stop shop.service"),
		.why = TEXT("nothing known restarts it: shop.service has Restart=no"),
	},
	{
		.name = "an orphan in another one's unit, which is not its main process",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("cron.service"), .restart = TEXT("on-failure")},
		.listed = {.main_pid = 700},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("it is not the main process of cron.service, which may restart it"),
	},
	{
		.name = "a job of a unit, which is not its main process",
		.ancestors = {NODE, {"cron", TEXT("cron\0")}, SYSTEMD},
		.unit = {.name = TEXT("cron.service"), .restart = TEXT("on-failure")},
		.listed = {.main_pid = 101},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("cron (101) may restart it"),
	},
	{
		.name = "a scope, which systemd doesn't restart",
		.ancestors = {NODE, SYSTEMD},
		.unit = {.name = TEXT("session-3.scope")},
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT(
			"it is orphaned: what started it has ended, and nothing known restarts it"),
	},
	{
		.name = "init itself",
		.ancestors = {SYSTEMD},
		.last_pid = 1,
		.unit = {.name = TEXT("init.scope")},
		.verdict = VERDICT_STOP,
		.why = TEXT("it is init, which may hold the socket for a service: stop that "
			    "instead (systemctl list-sockets shows it)"),
	},
	{
		.name = "systemd, which holds a socket for a unit",
		.ancestors = {SYSTEMD},
		.last_pid = 1,
		.socket_unit = {TEXT("echo.socket"), TEXT("echo.service echo@1.service --evil")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop echo.socket echo.service"),
		.why = TEXT("systemd holds the socket for this unit"),
	},
};

TEST(a_unit_is_stopped_by_its_manager)
{
	for (size_t i = 0; i < COUNT(tests); i++)
		check(&tests[i]);
}

int main(void)
{
	const struct CMUnitTest unit_tests[] = {
		cmocka_unit_test(a_unit_is_stopped_by_its_manager),
	};

	return cmocka_run_group_tests_name("remedy_unit", unit_tests, NULL, NULL);
}
