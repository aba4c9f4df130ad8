#include "why/remedy.h"

#include "unit.h"

const char program_name[] = "test";

enum { GENERATIONS = 6 };

/* "node" holds port 3000 as pid 100, and what it was started by: each has the next higher pid. */
struct ancestor_case {
	const char *command;
	struct bytes arguments;
	int64_t group;
	int64_t session;
};

struct remedy_test {
	const char *name;
	struct ancestor_case ancestors[GENERATIONS]; /* the holder, its parent, … */
	int64_t last_pid; /* of the last one; 0: like the others */
	struct unit unit;
	struct listed_unit listed; /* main_pid 0: unknown */
	struct socket_unit socket_unit;
	bool is_alone;
	bool top_holds;
	bool is_doubtful;
	struct container container;
	bool is_forwarder;
	bool is_unverified;
	int64_t manager_user; /* 0: who asks; another test has no need of root's */
	struct bytes policy; /* data NULL: the container isn't listed */
	enum container_keeper keeper;
	struct bytes container_unit;
	struct bytes container_pod;
	const char *publisher;
	int64_t container_user; /* 0: who asks */
	bool is_left_behind;
	bool is_published;
	bool is_hidden;
	struct bytes pod;
	struct bytes service;
	enum verdict verdict;
	struct bytes command; /* data NULL: none */
	struct bytes why;
};

#define NODE                                                                                       \
	{                                                                                          \
		"node", TEXT("node\0server.js\0")                                                  \
	}
#define SYSTEMD                                                                                    \
	{                                                                                          \
		"systemd", TEXT("/sbin/init\0")                                                    \
	}

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
		.command = TEXT("sv stop 'a shop'"),
		.why = TEXT("otherwise runsv (102) restarts it"),
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
		.name = "in a container that is restarted",
		.ancestors = {NODE, {"containerd-shim", TEXT("containerd-shim\0")}},
		.container = {.runtime = TEXT("docker"),
			.id = TEXT("0123456789ab"),
			.name = TEXT("web")},
		.policy = TEXT("unless-stopped"),
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it runs in a container; otherwise docker restarts it (restart "
			    "policy unless-stopped)"),
	},
	{
		.name = "in a container whose name isn't known",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("podman"), .id = TEXT("0123456789ab")},
		.verdict = VERDICT_STOP,
		.command = TEXT("podman stop 0123456789ab"),
		.why = TEXT("it runs in a container; otherwise podman may restart it"),
	},
	{
		.name = "in a container that a user's cgroup may only be named for",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.is_unverified = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop NAME"),
		.why = TEXT("it runs in a container; otherwise docker may restart it (docker ps "
			    "shows the NAME)"),
	},
	{
		.name = "a unit in a machine that a user's cgroup may only be named for",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("systemd-nspawn"), .name = TEXT(".host")},
		.is_unverified = true,
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --machine NAME stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
	{
		.name = "in a container, from a shell that a person has in there",
		.ancestors = {NODE, {"bash", TEXT("bash\0")},
			{"containerd-shim", TEXT("containerd-shim\0")}},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("always"),
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT("nothing known restarts it"),
	},
	{
		.name = "in a container that is not restarted",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.verdict = VERDICT_UNKNOWN,
		.command = TEXT("docker stop 0123456789ab"),
		.why = TEXT("its container's restart policy is \"no\", but what runs in there may "
			    "restart it"),
	},
	{
		.name = "a task of Swarm, whose restart policy is \"no\"",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.keeper = KEEPER_SWARM,
		.verdict = VERDICT_STOP,
		.why = TEXT("it is a task of a Swarm service, which would start another: scale "
			    "that down (docker service ls shows it)"),
	},
	{
		.name = "a pod's container under docker, whose restart policy is \"no\"",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("docker"), .id = TEXT("0123456789ab")},
		.policy = TEXT("no"),
		.keeper = KEEPER_KUBERNETES,
		.verdict = VERDICT_STOP,
		.why = TEXT("stop what its pod belongs to (kubectl scale, kubectl delete): "
			    "otherwise kubelet restarts it"),
	},
	{
		.name = "a container of podman that a unit runs",
		.ancestors = {{"conmon", TEXT("conmon\0")}},
		.container = {.runtime = TEXT("podman"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.container_unit = TEXT("web.service"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl stop web.service"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "a container in a pod of podman, which has the port",
		.ancestors = {{"conmon", TEXT("conmon\0")}},
		.container = {.runtime = TEXT("podman"), .name = TEXT("abc-infra")},
		.policy = TEXT("no"),
		.container_pod = TEXT("shop"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("podman pod stop shop"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "another user's podman, whose containers root's doesn't know",
		.ancestors = {{"rootlessport", TEXT("rootlessport\0")}},
		.container = {.runtime = TEXT("podman")},
		.container_user = 1000,
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("sudo -iu '#1000' podman stop NAME"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable (sudo -iu '#1000' podman ps shows the NAME); if there is "
			    "none, it was left behind: kill 100"),
	},
	{
		.name = "docker-proxy whose container is gone",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")}, SYSTEMD},
		.last_pid = 1,
		.container = {.runtime = TEXT("docker")},
		.is_forwarder = true,
		.is_left_behind = true,
		.verdict = VERDICT_KILL,
		.command = TEXT("kill 100"),
		.why = TEXT(
			"it was left behind: docker runs no container that publishes this port"),
	},
	{
		.name = "a hidden holder, of whose port docker knows the container",
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.is_hidden = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it publishes this port"),
	},
	{
		.name = "dockerd, which knows the container whose port it holds",
		.ancestors = {{"dockerd", TEXT("/usr/bin/dockerd\0")}, SYSTEMD},
		.last_pid = 1,
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("always"),
		.is_published = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT("it publishes this port"),
	},
	{
		.name = "dockerd, and docker can't be asked",
		.ancestors = {{"dockerd", TEXT("/usr/bin/dockerd\0")}, SYSTEMD},
		.last_pid = 1,
		.publisher = "docker",
		.verdict = VERDICT_STOP,
		.why = TEXT("dockerd (100) may hold this port for a container: stop that instead "
			    "(docker ps shows which one publishes it)"),
	},
	{
		.name = "a container of containerd without Kubernetes",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("containerd"), .id = TEXT("0123456789abcdef")},
		.verdict = VERDICT_STOP,
		.command = TEXT("nerdctl stop 0123456789ab"),
		.why = TEXT("it runs in a container of containerd, which may restart it"),
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
		.name = "an app that is pid 1 of a container, and no init",
		.ancestors = {NODE},
		.last_pid = 1,
		.verdict = VERDICT_STOP,
		.why = TEXT("it is pid 1, with which the whole container or machine ends: stop the "
			    "container from outside"),
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
	{
		.name = "in a pod",
		.ancestors = {NODE},
		.container = {.runtime = TEXT("containerd"), .id = TEXT("0123456789ab")},
		.pod = TEXT("1f2e"),
		.verdict = VERDICT_STOP,
		.why = TEXT("stop what its pod 1f2e belongs to (kubectl scale, kubectl delete): "
			    "otherwise kubelet restarts it"),
	},
	{
		.name = "docker-proxy",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")},
			{"dockerd", TEXT("dockerd\0")}, SYSTEMD},
		.unit = {.name = TEXT("docker.service"), .restart = TEXT("always")},
		.container = {.runtime = TEXT("docker"), .name = TEXT("web")},
		.policy = TEXT("no"),
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop web"),
		.why = TEXT(
			"it only forwards to the container, which would keep running, unreachable"),
	},
	{
		.name = "docker-proxy of a container that nobody names",
		.ancestors = {{"docker-proxy", TEXT("docker-proxy\0")},
			{"dockerd", TEXT("dockerd\0")}},
		.container = {.runtime = TEXT("docker"), .address = TEXT("172.17.0.2"), .port = 80},
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("docker stop $(docker ps -q --filter publish=3000)"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable; if there is none, it was left behind: kill 100"),
	},
	{
		.name = "podman's forwarder for a container that nobody names",
		.ancestors = {{"rootlessport", TEXT("rootlessport\0")}},
		.container = {.runtime = TEXT("podman")},
		.is_forwarder = true,
		.verdict = VERDICT_STOP,
		.command = TEXT("podman stop NAME"),
		.why = TEXT("it only forwards to the container, which would keep running, "
			    "unreachable (podman ps shows the NAME); if there is none, it was left "
			    "behind: kill 100"),
	},
	{
		.name = "a unit in a machine of LXC",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("lxc"), .name = TEXT("c1")},
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("lxc-attach --name c1 -- systemctl stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
	{
		.name = "a unit in a machine of systemd-nspawn",
		.ancestors = {NODE, SYSTEMD},
		.container = {.runtime = TEXT("systemd-nspawn"), .name = TEXT("c1")},
		.unit = {.name = TEXT("shop.service")},
		.verdict = VERDICT_STOP,
		.command = TEXT("systemctl --machine c1 stop shop.service"),
		.why = TEXT("otherwise systemd may restart it"),
	},
};

static struct buffer buffer_of(struct bytes text)
{
	struct buffer buffer = {0};

	if (text.data)
		assert_int_equal(buffer_append(&buffer, text.data, text.length), 0);
	return buffer;
}

static size_t make_ancestors(const struct remedy_test *test, struct process_facts *ancestors)
{
	size_t count = 0;

	while (count < GENERATIONS && test->ancestors[count].command) {
		ancestors[count] = (struct process_facts){
			.pid = 100 + (int64_t)count,
			.command = buffer_of(bytes_of(test->ancestors[count].command)),
			.arguments = buffer_of(test->ancestors[count].arguments),
			.group = test->ancestors[count].group,
			.session = test->ancestors[count].session,
		};
		count++;
	}
	if (test->last_pid)
		ancestors[count - 1].pid = test->last_pid;
	return count;
}

static void check(const struct remedy_test *test)
{
	struct process_facts facts[GENERATIONS] = {0};
	const struct process_facts *ancestors[GENERATIONS];
	struct remedy_text text = {0};
	struct listed_unit listed = test->listed;
	struct listed_container container = {
		.restart_policy = buffer_of(test->policy),
		.keeper = test->keeper,
		.unit = buffer_of(test->container_unit),
		.pod = buffer_of(test->container_pod),
	};
	struct remedy_case holder = {
		.ancestors = ancestors,
		.count = make_ancestors(test, facts),
		.unit = &test->unit,
		.manager_user = test->manager_user ? test->manager_user : -1,
		.listed = test->unit.restart.data ? &listed : NULL,
		.is_alone = test->is_alone,
		.socket_unit = test->socket_unit,
		.top_holds = test->top_holds,
		.is_doubtful = test->is_doubtful,
		.container = &test->container,
		.is_forwarder = test->is_forwarder,
		.is_unverified = test->is_unverified,
		.listed_container = test->policy.data ? &container : NULL,
		.container_user = test->container_user ? test->container_user : -1,
		.publisher = test->publisher,
		.is_left_behind = test->is_left_behind,
		.is_published = test->is_published,
		.is_hidden = test->is_hidden,
		.pod = test->pod,
		.service = test->service,
		.port = 3000,
	};

	if (!listed.main_pid)
		listed.main_pid = -1;
	for (size_t i = 0; i < GENERATIONS; i++)
		ancestors[i] = &facts[i];
	holder.restarter = restarter_find(ancestors, holder.count);
	assert_int_equal(remedy_find(&holder, &text), 0);
	assert_case(bytes_of(test->name), text.verdict, test->verdict);
	assert_bytes(buffer_bytes(&text.command), test->command);
	assert_bytes(buffer_bytes(&text.why), test->why);
	remedy_text_release(&text);
	buffer_release(&container.restart_policy);
	buffer_release(&container.unit);
	buffer_release(&container.pod);
	for (size_t i = 0; i < GENERATIONS; i++) {
		buffer_release(&facts[i].command);
		buffer_release(&facts[i].arguments);
	}
}
#define check(...) UNIT_AT(check(__VA_ARGS__))

TEST(the_remedy_follows_from_what_started_the_holder)
{
	for (size_t i = 0; i < COUNT(tests); i++)
		check(&tests[i]);
}

int main(void)
{
	const struct CMUnitTest unit_tests[] = {
		cmocka_unit_test(the_remedy_follows_from_what_started_the_holder),
	};

	return cmocka_run_group_tests(unit_tests, NULL, NULL);
}
