/*
 * docker, podman and systemctl, played by programs that print what the real ones print; what
 * that is, the tests of container_list and unit_list say. Here it counts how they are asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/os.h"
#include "unit.h"
#include "why/container_source.h"
#include "why/query_tool.h"
#include "why/unit_source.h"

const char program_name[] = "test";

#define ID_A "4f66ad9a0b2e2d5b6d3c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f00"
#define ID_B "aa11bb22cc33dd44ee55ff6677889900aabbccddeeff00112233445566778899"

#define DOCKER_PS                                                                                  \
	"echo '{\"ID\":\"" ID_A "\",\"Names\":\"web\",\"Ports\":\"0.0.0.0:8080->80/tcp\"}'\n"
#define PODMAN_PS                                                                                  \
	"echo '[{\"Id\":\"" ID_B                                                                   \
	"\",\"Names\":[\"db\"],\"Ports\":[{\"host_ip\":\"\","                                      \
	"\"container_port\":5432,\"host_port\":5432,\"range\":1,\"protocol\":\"tcp\"}]}]'\n"

/* A directory of our own, which alone is PATH, and to which stderr goes. */
struct place {
	char path[256];
	char *old_path;
	int old_directory;
	int old_stderr;
};

static void write_file(const char *name, const char *text, mode_t mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	assert_true(fd >= 0);
	assert_int_equal(os_write_all(fd, text, strlen(text)), 0);
	close(fd);
}
#define write_file(...) UNIT_AT(write_file(__VA_ARGS__))

/* A program that writes its arguments down, one a line, and then does as it is told. */
static void play(const char *name, const char *script)
{
	struct buffer text = {0};

	buffer_append_text(
		&text, "#!/bin/sh\nprintf '%s\\n' \"${0##*/}\" \"$@\" >>\"${0%/*}/asked\"\n");
	buffer_append_text(&text, script);
	buffer_append_byte(&text, '\0');
	write_file(name, text.data, 0700);
	buffer_release(&text);
}

static int enter(void **state)
{
	const char *parent = getenv("TMPDIR");
	const char *path = getenv("PATH");
	struct place *place = calloc(1, sizeof(*place));
	int errors;

	assert_non_null(place);
	snprintf(place->path, sizeof(place->path), "%s/pf-unit-XXXXXX", parent ? parent : "/tmp");
	assert_non_null(mkdtemp(place->path));
	place->old_path = strdup(path ? path : "/bin:/usr/bin");
	place->old_directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(chdir(place->path), 0);
	assert_int_equal(setenv("PATH", place->path, 1), 0);
	assert_int_equal(unsetenv("PF_DETAILS_TIMEOUT"), 0);
	assert_int_equal(query_tool_begin(), 0);
	place->old_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	errors = open("errors", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(place->old_stderr >= 0 && errors >= 0);
	assert_int_equal(dup2(errors, STDERR_FILENO), STDERR_FILENO);
	close(errors);
	*state = place;
	return 0;
}

static int leave(void **state)
{
	static const char *const names[] = {
		"docker", "podman", "systemctl", "asked", "errors", "fifo"};
	struct place *place = *state;

	dup2(place->old_stderr, STDERR_FILENO);
	close(place->old_stderr);
	for (size_t i = 0; i < COUNT(names); i++)
		remove(names[i]);
	if (fchdir(place->old_directory))
		return -1;
	close(place->old_directory);
	setenv("PATH", place->old_path, 1);
	if (rmdir(place->path))
		return -1;
	free(place->old_path);
	free(place);
	return 0;
}

/* Compares a file whole, where a '^' stands for the place's path. */
static void check_file(const struct place *place, const char *name, const char *expected)
{
	struct buffer wanted = {0};
	struct buffer found = {0};

	for (; *expected; expected++)
		if (*expected == '^')
			buffer_append_text(&wanted, place->path);
		else
			buffer_append_byte(&wanted, *expected);
	(void)os_read_file(NULL, name, &found);
	assert_bytes(((struct bytes){found.data ? found.data : "", found.length}),
		((struct bytes){wanted.data ? wanted.data : "", wanted.length}));
	buffer_release(&wanted);
	buffer_release(&found);
}
#define check_file(...) UNIT_AT(check_file(__VA_ARGS__))

#define check_asked(expected) check_file(*state, "asked", expected)
#define check_said(expected) check_file(*state, "errors", expected)

#define DOCKER_ASKED                                                                               \
	"docker\nps\n--no-trunc\n--format\n"                                                       \
	"{\"ID\":{{json .ID}},\"Names\":{{json .Names}},\"Ports\":{{json .Ports}},"                \
	"\"Labels\":{{json .Labels}}}\n"
#define PODMAN_ASKED "podman\nps\n--pod\n--no-trunc\n--format\njson\n"

/* Lists, and compares the name of the only container; NULL: there is none. */
static int list(const char *runtime, const char *name, const char **ret_runtime)
{
	struct container_list containers = {0};
	int error = container_source_list(runtime, &containers, ret_runtime);

	assert_int_equal(containers.count, name ? 1 : 0);
	if (name)
		assert_bytes(buffer_bytes(&containers.items[0].name), bytes_of(name));
	container_list_release(&containers);
	return error;
}

static void docker_is_asked_once_for_all(void **state)
{
	const char *runtime = NULL;

	play("docker", DOCKER_PS);
	play("podman", PODMAN_PS);
	assert_int_equal(list(NULL, "web", &runtime), 0);
	assert_text(runtime, "docker");
	check_asked(DOCKER_ASKED);
	check_said("");
}

static void podman_is_asked_where_there_is_no_docker(void **state)
{
	const char *runtime = NULL;

	play("podman", PODMAN_PS);
	assert_int_equal(list(NULL, "db", &runtime), 0);
	assert_text(runtime, "podman");
	assert_int_equal(list("docker", NULL, &runtime), -ENOENT);
	check_asked(PODMAN_ASKED);
	check_said("");
}

static void the_runtime_that_holds_the_port_is_asked_and_no_other(void **state)
{
	const char *runtime = NULL;

	play("docker", DOCKER_PS);
	play("podman", PODMAN_PS);
	assert_int_equal(list("podman", "db", &runtime), 0);
	assert_text(runtime, "podman");
	check_asked(PODMAN_ASKED);
	check_said("");
}

static void nothing_is_said_where_there_is_neither(void **state)
{
	const char *runtime = "untouched";
	struct container_list containers = {0};
	const struct bytes id = TEXT(ID_A);

	assert_int_equal(list(NULL, NULL, &runtime), -ENOENT);
	assert_text(runtime, "untouched");
	assert_int_equal(container_source_inspect("podman", &id, 1, &containers), -ENOENT);
	check_said("");
}

/* What docker says to a user who is not in its group; podman is not asked in its stead. */
static void a_docker_that_refuses_is_said_with_its_own_words(void **state)
{
	const char *runtime = "untouched";

	play("docker",
		"echo 'permission denied while trying to connect to the docker API at "
		"unix:///var/run/docker.sock' >&2\nexit 1\n");
	play("podman", PODMAN_PS);
	assert_int_equal(list(NULL, NULL, &runtime), -EIO);
	assert_text(runtime, "untouched");
	check_asked(DOCKER_ASKED);
	check_said(
		"test: docker: failed with exit status 1: permission denied while trying to "
		"connect to the docker API at unix:///var/run/docker.sock\n");
}

static void a_docker_that_hangs_is_killed_and_said_to_have_been(void **state)
{
	const char *runtime;
	int status;

	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(setenv("PF_DETAILS_TIMEOUT", "0.1", 1), 0);
	play("docker", DOCKER_PS "read -r line <\"${0%/*}/fifo\"\n");
	assert_int_equal(list(NULL, NULL, &runtime), -ETIMEDOUT);
	check_said(
		"test: ^/docker: timed out after 0.1 s and was killed: it may wait for a "
		"daemon that doesn't answer; PF_DETAILS_TIMEOUT extends the limit\n");
	assert_true(waitpid(-1, &status, 0) > 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static void tools_that_hang_share_one_limit(void **state)
{
	static const struct bytes ids[] = {TEXT(ID_A)};
	struct container_list containers = {0};
	struct unit_list units;
	const struct bytes name = TEXT("web.service");
	const char *runtime;
	int64_t begun = os_clock();

	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(setenv("PF_DETAILS_TIMEOUT", "0.3", 1), 0);
	play("docker", "read -r line <\"${0%/*}/fifo\"\n");
	play("podman", "echo\n");
	play("systemctl", "echo\n");
	assert_int_equal(list(NULL, NULL, &runtime), -ETIMEDOUT);
	assert_int_equal(container_source_inspect("podman", ids, 1, &containers), -ETIMEDOUT);
	assert_int_equal(unit_source_ask(UNIT_SOURCE_SYSTEM, &name, 1, &units), -ETIMEDOUT);
	check_said(
		"test: ^/docker: timed out after 0.3 s and was killed: it may wait for a "
		"daemon that doesn't answer; PF_DETAILS_TIMEOUT extends the limit\n"
		"test: podman: not run: the 0.3 s for all tools have passed; "
		"PF_DETAILS_TIMEOUT extends the limit\n");
	assert_true(os_clock() - begun < 3000);
	container_list_release(&containers);
	assert_int_equal(query_tool_begin(), 0);
	assert_int_equal(container_source_inspect("podman", ids, 1, &containers), 0);
	container_list_release(&containers);
}

static void a_limit_that_is_none_is_said_and_nothing_is_run(void **state)
{
	const char *runtime;

	assert_int_equal(setenv("PF_DETAILS_TIMEOUT", "soon", 1), 0);
	play("docker", DOCKER_PS);
	assert_int_equal(list(NULL, NULL, &runtime), -EINVAL);
	check_asked("");
	check_said("test: PF_DETAILS_TIMEOUT: must be seconds, 0 to 86400, such as 3\n");
}

static void a_docker_that_prints_anything_else_does_no_harm(void **state)
{
	const char *runtime = NULL;

	/* podman-docker is podman by the name of docker, and says so. */
	play("docker",
		"echo 'Emulate Docker CLI using podman.' >&2\n"
		"printf '[[[{\\000\\377\\n{\"ID\":7}\\n}'\n");
	assert_int_equal(list(NULL, NULL, &runtime), 0);
	assert_text(runtime, "docker");
	check_said("");
}

static void a_docker_that_prints_a_lot_is_read_to_the_end(void **state)
{
	const char *runtime;

	/* 1 MiB of lines that are no containers. */
	play("docker",
		"line=0123456789abcde\nfor i in 1 2 3 4 5 6 7 8 9 10 11 12; do\n"
		"line=\"$line\n$line\"\ndone\n"
		"for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do echo \"$line\"; "
		"done\n" DOCKER_PS);
	assert_int_equal(list(NULL, "web", &runtime), 0);
	check_said("");
}

static void containers_are_inspected_in_one_run(void **state)
{
	static const struct bytes ids[] = {
		TEXT(ID_A), TEXT("--all"), TEXT("web"), TEXT(""), {NULL, 0}, TEXT(ID_B)};
	struct container_list containers = {0};

	play("podman",
		"echo '\"" ID_A
		"\" \"web\" \"always\"'\n"
		"echo '\"" ID_B "\" \"db\" \"no\"'\n");
	assert_int_equal(container_source_inspect("podman", ids, COUNT(ids), &containers), 0);
	assert_int_equal(containers.count, 2);
	assert_bytes(buffer_bytes(&containers.items[0].restart_policy), BYTES("always"));
	assert_bytes(buffer_bytes(&containers.items[1].name), BYTES("db"));
	container_list_release(&containers);
	check_asked(
		"podman\ncontainer\ninspect\n--format\n{{json .ID}} {{json .Name}} "
		"{{json .HostConfig.RestartPolicy.Name}} {{json .State.Pid}} "
		"{{json .Config.Labels}} {{json .Pod}}\n--\n" ID_A "\n" ID_B "\n");
	check_said("");
}

static void more_containers_than_one_run_takes_are_inspected_in_several(void **state)
{
	enum { MANY = CONTAINER_SOURCE_IDS_MAX + 1, ID_LENGTH = 12 };
	static char digits[MANY][ID_LENGTH + 1];
	static struct bytes ids[MANY];
	struct container_list containers = {0};

	for (size_t i = 0; i < MANY; i++) {
		snprintf(digits[i], sizeof(digits[i]), "%012zx", MANY - i);
		ids[i] = bytes_of(digits[i]);
	}
	play("docker",
		"shift 5\nfor id; do echo \"\\\"$id\\\" \\\"/web-$id\\\" \\\"no\\\" 1\"; done\n"
		"exec 2>/dev/null\necho $# >>\"${0%/*}/errors\"\n");
	assert_int_equal(container_source_inspect("docker", ids, MANY, &containers), 0);
	assert_int_equal(containers.count, MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_bytes(buffer_bytes(&container_list_find(&containers, ids[i])->id), ids[i]);
	container_list_release(&containers);
	check_said("400\n1\n");
}

static void nothing_is_run_where_there_is_nothing_to_ask(void **state)
{
	static const struct bytes ids[] = {TEXT("web")};
	struct container_list containers = {0};
	struct unit_list units = {0};

	play("docker", "");
	play("systemctl", "");
	assert_int_equal(container_source_inspect("docker", ids, 0, &containers), 0);
	assert_int_equal(container_source_inspect("docker", ids, 1, &containers), 0);
	assert_int_equal(unit_source_ask(UNIT_SOURCE_SYSTEM, NULL, 0, &units), 0);
	check_asked("");
	check_said("");
}

static void check_inspected(const char *name, const char *script, int error)
{
	static const struct bytes ids[] = {TEXT(ID_A), TEXT(ID_B)};
	struct container_list containers = {0};

	play(name, script);
	assert_int_equal(container_source_inspect(name, ids, COUNT(ids), &containers), error);
	assert_int_equal(containers.count, error ? 0 : 1);
	container_list_release(&containers);
}
#define check_inspected(...) UNIT_AT(check_inspected(__VA_ARGS__))

static void a_container_that_has_ended_is_no_trouble(void **state)
{
	check_inspected("docker",
		"echo '\"" ID_A
		"\" \"/web\" \"always\"'\n"
		"echo 'Error: No such container: " ID_B "' >&2\nexit 1\n",
		0);
	check_inspected("podman",
		"echo '\"" ID_A
		"\" \"web\" \"always\"'\n"
		"echo 'Error: no container with name or ID \"" ID_B
		"\" found: no such container' >&2\nexit 125\n",
		0);
	check_said("");
}

static void an_inspection_that_fails_is_said(void **state)
{
	check_inspected("docker",
		"echo 'Cannot connect to the Docker daemon at "
		"unix:///var/run/docker.sock. Is the docker daemon running?' >&2\n"
		"exit 1\n",
		-EIO);
	check_said(
		"test: docker: failed with exit status 1: Cannot connect to the Docker daemon "
		"at unix:///var/run/docker.sock. Is the docker daemon running?\n");
}

static const struct bytes unit_names[] = {TEXT("shop.service"), TEXT("a\\x2db@1.service")};

#define SHOW                                                                                       \
	"--property=Id,Restart,MainPID,TriggeredBy,UpheldBy,OnSuccess,OnFailure,"                  \
	"RestartForceExitStatus\n--\nshop.service\na\\x2db@1.service\n"
#define UNITS                                                                                      \
	"printf '%s\\n' Restart=always MainPID=4711 Id=shop.service '' 'Id=a\\x2db@1.service'\n"

static void check_units(int64_t user)
{
	struct unit_list units = {0};

	assert_int_equal(unit_source_ask(user, unit_names, COUNT(unit_names), &units), 0);
	assert_int_equal(units.count, 2);
	assert_bytes(units.items[0].id, unit_names[1]);
	assert_bytes(units.items[1].restart, BYTES("always"));
	assert_int_equal(units.items[1].main_pid, 4711);
	unit_list_release(&units);
}
#define check_units(...) UNIT_AT(check_units(__VA_ARGS__))

static void the_units_of_the_system_are_shown_in_one_run(void **state)
{
	play("systemctl", UNITS);
	check_units(UNIT_SOURCE_SYSTEM);
	check_asked("systemctl\n--no-ask-password\n--no-pager\nshow\n" SHOW);
	check_said("");
}

static void the_units_of_this_user_are_asked_of_the_users_manager(void **state)
{
	play("systemctl", UNITS);
	check_units(os_own_user());
	check_asked("systemctl\n--user\n--no-ask-password\n--no-pager\nshow\n" SHOW);
	check_said("");
}

/* Without rights it would ask for a password, or wait. */
static void the_units_of_another_user_are_asked_for_by_root_only(void **state)
{
	int64_t other = os_own_user() + 4242;
	struct unit_list units = {0};
	char asked[256];

	play("systemctl", UNITS);
	if (!os_is_privileged()) {
		assert_int_equal(
			unit_source_ask(other, unit_names, COUNT(unit_names), &units), -EPERM);
		check_asked("");
		check_said("");
		return;
	}
	check_units(other);
	snprintf(asked, sizeof(asked),
		"systemctl\n--user\n--machine=%lld@.host\n--no-ask-password\n--no-pager\nshow\n%s",
		(long long)other, SHOW);
	check_asked(asked);
	check_said("");
}

static void a_systemd_that_is_not_there_is_said_and_none_is_not(void **state)
{
	struct unit_list units = {0};

	assert_int_equal(unit_source_ask(UNIT_SOURCE_SYSTEM, unit_names, 2, &units), -ENOENT);
	check_said("");
	play("systemctl",
		"echo \"System has not been booted with systemd as init system (PID 1). "
		"Can't operate.\" >&2\necho 'Failed to connect to bus: Host is down' >&2\n"
		"exit 1\n");
	assert_int_equal(unit_source_ask(UNIT_SOURCE_SYSTEM, unit_names, 2, &units), -EIO);
	check_said(
		"test: systemctl: failed with exit status 1: System has not been booted with "
		"systemd as init system (PID 1). Can't operate.\n");
	assert_null(units.text.data);
}

#define in_a_place(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(docker_is_asked_once_for_all),
		in_a_place(podman_is_asked_where_there_is_no_docker),
		in_a_place(the_runtime_that_holds_the_port_is_asked_and_no_other),
		in_a_place(nothing_is_said_where_there_is_neither),
		in_a_place(a_docker_that_refuses_is_said_with_its_own_words),
		in_a_place(a_docker_that_hangs_is_killed_and_said_to_have_been),
		in_a_place(tools_that_hang_share_one_limit),
		in_a_place(a_limit_that_is_none_is_said_and_nothing_is_run),
		in_a_place(a_docker_that_prints_anything_else_does_no_harm),
		in_a_place(a_docker_that_prints_a_lot_is_read_to_the_end),
		in_a_place(containers_are_inspected_in_one_run),
		in_a_place(more_containers_than_one_run_takes_are_inspected_in_several),
		in_a_place(nothing_is_run_where_there_is_nothing_to_ask),
		in_a_place(a_container_that_has_ended_is_no_trouble),
		in_a_place(an_inspection_that_fails_is_said),
		in_a_place(the_units_of_the_system_are_shown_in_one_run),
		in_a_place(the_units_of_this_user_are_asked_of_the_users_manager),
		in_a_place(the_units_of_another_user_are_asked_for_by_root_only),
		in_a_place(a_systemd_that_is_not_there_is_said_and_none_is_not),
	};

	return cmocka_run_group_tests_name("query_tool", tests, NULL, NULL);
}
