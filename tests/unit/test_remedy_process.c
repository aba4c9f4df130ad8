#include "remedy_told.h"

const char program_name[] = "test";

static const struct remedy_test tests[] = {
	{
		.name = "from a person's shell, through npm",
		.ancestors = {NODE, {"sh", TEXT("sh\0-c\0node server.js\0")},
			{"npm run dev", TEXT("npm run dev\0")}, {"zsh", TEXT("-zsh\0")}, SYSTEMD},
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("nothing known restarts it"),
	},
	{
		.name = "a worker: its master is to be ended",
		.ancestors = {{"gunicorn", TEXT("gunicorn\0")}, {"gunicorn", TEXT("gunicorn\0")},
			{"bash", TEXT("bash\0")}},
		.top_holds = true,
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 101"),
		.why = TEXT("nothing known restarts it"),
	},
	{
		.name = "a worker whose master doesn't hold the port: both have to end",
		.ancestors = {NODE, {"node", TEXT("/usr/bin/node\0./server.js\0--master\0")},
			{"bash", TEXT("bash\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 101 100"),
		.why = TEXT("server.js (101), which runs the same program, may restart it"),
	},
	{
		.name = "a parent of the same name that runs another script",
		.ancestors = {NODE, {"node", TEXT("node\0dev.js\0")}, {"bash", TEXT("bash\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("dev.js (101) may restart it"),
	},
	{
		.name = "a loop in the background of a shell has the shell's process group",
		.ancestors = {{"node", TEXT("node\0server.js\0"), 101, 102},
			{"bash", TEXT("bash\0"), 101, 102}, {"bash", TEXT("bash\0"), 102, 102}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("bash (101) may restart it"),
	},
	{
		.name = "typed at a prompt",
		.ancestors = {{"node", TEXT("node\0server.js\0"), 100, 101},
			{"bash", TEXT("bash\0"), 101, 101}},
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("nothing known restarts it"),
	},
	{
		.name = "django's reloader and its child have one command line",
		.ancestors = {{"python", TEXT("/venv/bin/python\0manage.py\0runserver\0")},
			{"python", TEXT("python\0manage.py\0runserver\0")},
			{"zsh", TEXT("-zsh\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 101 100"),
		.why = TEXT("manage.py (101) may restart it"),
	},
	{
		.name = "a watcher of files",
		.ancestors = {NODE, {"node", TEXT("node\0--watch\0server.js\0")},
			{"zsh", TEXT("-zsh\0")}},
		.verdict = VERDICT_STOP,
		.command = TEXT("kill 101 100"),
		.why = TEXT("otherwise server.js (101) restarts it at the next change of a file"),
	},
	{
		.name = "uwsgi's master reloads on SIGTERM",
		.ancestors = {{"uwsgi", TEXT("uwsgi\0--master\0")},
			{"uwsgi", TEXT("uwsgi\0--master\0")}, {"zsh", TEXT("-zsh\0")}},
		.verdict = VERDICT_STOP,
		.command = TEXT("kill -INT 101"),
		.why = TEXT("otherwise uwsgi (101) restarts it"),
	},
	{
		.name = "stopped by Ctrl-Z",
		.ancestors = {{"node", TEXT("node\0server.js\0"), 100, 101, true},
			{"bash", TEXT("bash\0"), 101, 101}},
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100 && kill -CONT 100"),
		.why = TEXT(
			"nothing known restarts it; it is stopped (as by Ctrl-Z), and has to go "
			"on to end"),
	},
	{
		.name = "adopted by a container's sleep",
		.ancestors = {NODE, {"sleep", TEXT("sleep\0infinity\0")}},
		.last_pid = 1,
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("it is orphaned: what started it has ended, and nothing known restarts "
			    "it"),
	},
	{
		.name = "what tini was given to run",
		.ancestors = {NODE, {"tini", TEXT("tini\0--\0node\0server.js\0")}},
		.last_pid = 1,
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("tini (1) may restart it"),
	},
	{
		.name = "adopted by init, as its session shows",
		.ancestors = {{"node", TEXT("node\0server.js\0"), 90, 90},
			{"init", TEXT("/sbin/init\0")}},
		.last_pid = 1,
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("it is orphaned: what started it has ended, and nothing known restarts "
			    "it"),
	},
	{
		.name = "a service of another user's supervisor, whose word isn't taken",
		.ancestors = {NODE, {"pm2", TEXT("pm2\0")}},
		.is_doubtful = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("pm2 stop NAME"),
		.why = TEXT("otherwise pm2 (101) restarts it; it runs as another user, whose word "
			    "for NAME pf doesn't take (pm2 list shows the NAME)"),
	},
	{
		.name = "from a script, which may hold a loop",
		.ancestors = {NODE, {"bash", TEXT("bash\0run.sh\0")}, {"zsh", TEXT("-zsh\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("bash (101) may restart it"),
	},
	{
		.name = "from launchd, which starts services and takes in orphans",
		.ancestors = {NODE, {"launchd", TEXT("/sbin/launchd\0")}},
		.last_pid = 1,
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("launchd (1) may restart it (launchctl list shows a job by its "
			    "pid, and launchctl bootout stops it)"),
	},
	{
		.name = "from Windows' service manager",
		.ancestors = {NODE,
			{"services.exe", TEXT("C:\\Windows\\system32\\services.exe\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("services.exe (101) may restart it (tasklist /svc shows a service by "
			    "its pid, and sc.exe stop stops it)"),
	},
	{
		.name = "its parent can't be seen",
		.ancestors = {NODE},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("its parent is not visible, and may restart it"),
	},
	{
		.name = "pid 1 of a container is a launcher",
		.ancestors = {NODE, {"npm start", TEXT("npm start\0")}},
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("kill 100"),
		.why = TEXT("its parent is not visible, and may restart it"),
	},
	{
		.name = "a supervisor that is told which service by its argument",
		.ancestors = {NODE, {"runsv", TEXT("runsv\0shop\0")},
			{"runsvdir", TEXT("runsvdir\0")}},
		.service = TEXT("shop"),
		.verdict = VERDICT_STOP,
		.command = TEXT("sv stop shop"),
		.why = TEXT("otherwise runsv (101) restarts it"),
	},
	{
		.name = "a supervisor behind a launcher",
		.ancestors = {NODE, {"sh", TEXT("sh\0-c\0node server.js\0")},
			{"runsv", TEXT("runsv\0shop\0")}},
		.service = TEXT("a shop"),
		.verdict = VERDICT_STOP,
		.command = TEXT("sv stop 'a shop'; kill 100"),
		.why = TEXT("otherwise runsv (102) restarts it; stopping the service may end only "
			    "what started it"),
	},
	{
		.name = "a supervisor whose name of the service isn't known",
		.ancestors = {NODE, {"PM2 v5.3.0: God", TEXT("PM2 v5.3.0: God Daemon\0")}},
		.verdict = VERDICT_STOP,
		.command = TEXT("pm2 stop NAME"),
		.why = TEXT(
			"otherwise PM2 v5.3.0: God (101) restarts it (pm2 list shows the NAME)"),
	},
	{
		.name = "a supervisor, and a process that has called itself all of its services",
		.ancestors = {NODE, {"pm2", TEXT("pm2\0")}},
		.service = TEXT("all"),
		.verdict = VERDICT_STOP,
		.command = TEXT("pm2 stop NAME"),
		.why = TEXT("otherwise pm2 (101) restarts it (pm2 list shows the NAME)"),
	},
	{
		.name = "a supervisor whose argument is an option to what would stop it",
		.ancestors = {NODE, {"runsv", TEXT("runsv\0--force-stop\0")}},
		.service = TEXT("--force-stop"),
		.verdict = VERDICT_STOP,
		.command = TEXT("sv stop NAME"),
		.why = TEXT("otherwise runsv (101) restarts it"),
	},
	{
		.name = "a supervisor that has no command of its own",
		.ancestors = {NODE, {"node", TEXT("node\0/usr/bin/nodemon\0server.js\0")},
			{"zsh", TEXT("zsh\0")}},
		.verdict = VERDICT_STOP,
		.command = TEXT("kill 101 100"),
		.why = TEXT("otherwise nodemon (101) restarts it at the next change of a file"),
	},
	{
		.name = "an app that is pid 1 of a container, and no init",
		.ancestors = {NODE},
		.last_pid = 1,
		.verdict = VERDICT_STOP,
		.why = TEXT("it is pid 1, with which the whole container or machine ends: stop the "
			    "container from outside"),
	},
};

TEST(a_process_is_ended_where_it_would_be_restarted)
{
	for (size_t i = 0; i < COUNT(tests); i++)
		check(&tests[i]);
}

int main(void)
{
	const struct CMUnitTest unit_tests[] = {
		cmocka_unit_test(a_process_is_ended_where_it_would_be_restarted),
	};

	return cmocka_run_group_tests_name("remedy_process", unit_tests, NULL, NULL);
}
