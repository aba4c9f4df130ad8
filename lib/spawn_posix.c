#include "spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bytes.h"
#include "negative_errno.h"

/*
 * Clear of the standard descriptors: a pipe end numbered 0 would be lost when
 * the child's own descriptors are put in place.
 */
static int move_up(int *fd)
{
	int higher = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
	int error = higher < 0 ? negative_errno() : 0;

	close(*fd);
	*fd = higher;
	return error;
}

int spawn_pipe(int *ret_read_end, int *ret_write_end)
{
	int ends[2];
	int error;

	if (pipe(ends))
		return negative_errno();
	error = move_up(&ends[0]);
	if (!error)
		error = move_up(&ends[1]);
	if (error) {
		spawn_close(ends[0]);
		spawn_close(ends[1]);
		return error;
	}
	*ret_read_end = ends[0];
	*ret_write_end = ends[1];
	return 0;
}

void spawn_close(int fd)
{
	if (fd >= 0)
		close(fd);
}

static int add_descriptor(posix_spawn_file_actions_t *actions, int from, int to)
{
	if (from == SPAWN_NULL)
		return posix_spawn_file_actions_addopen(
			actions, to, "/dev/null", to == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
	if (from == to)
		return 0;
	return posix_spawn_file_actions_adddup2(actions, from, to);
}

/* We ignore SIGPIPE; a program in another language must not have to know that. */
static int restore_signals(posix_spawnattr_t *attributes)
{
	sigset_t signals;
	int error;

	sigemptyset(&signals);
	sigaddset(&signals, SIGPIPE);
	error = posix_spawnattr_setsigdefault(attributes, &signals);
	return error ? error : posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF);
}

/* exec(3) and posix_spawn(3) leave the strings alone, and say so in words only. */
static char *const *as_argv(const char *const *argv)
{
	const union {
		const char *const *ours;
		char *const *theirs;
	} strings = {.ours = argv};

	return strings.theirs;
}

int spawn_start(const struct spawn *spawn, struct child *ret_child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	pid_t pid;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return -error;
	error = posix_spawnattr_init(&attributes);
	if (error) {
		posix_spawn_file_actions_destroy(&actions);
		return -error;
	}
	error = add_descriptor(&actions, spawn->in, STDIN_FILENO);
	if (!error)
		error = add_descriptor(&actions, spawn->out, STDOUT_FILENO);
	if (!error)
		error = add_descriptor(&actions, spawn->err, STDERR_FILENO);
	if (!error)
		error = restore_signals(&attributes);
	if (!error)
		error = posix_spawn(
			&pid, spawn->path, &actions, &attributes, as_argv(spawn->argv), environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (!error)
		*ret_child = (struct child){.pid = pid};
	return -error;
}

int spawn_wait(struct child child, struct child_end *ret_end)
{
	int status;

	while (waitpid((pid_t)child.pid, &status, 0) < 0)
		if (errno != EINTR)
			return negative_errno();
	*ret_end = WIFSIGNALED(status)
		? (struct child_end){.was_signalled = true, .status = WTERMSIG(status)}
		: (struct child_end){.status = WEXITSTATUS(status)};
	return 0;
}

int spawn_replace(const char *path, char *const argv[])
{
	signal(SIGPIPE, SIG_DFL);
	execv(path, argv);
	return negative_errno();
}

static bool is_program(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* False where the path would not fit: a program can't be there. */
static bool join(struct bytes directory, const char *name, char *ret_path, size_t size)
{
	size_t length = strlen(name);

	if (directory.length + 1 + length >= size)
		return false;
	memcpy(ret_path, directory.data, directory.length);
	ret_path[directory.length] = '/';
	memcpy(ret_path + directory.length + 1, name, length + 1);
	return true;
}

int spawn_find(const char *name, const char *directory, char *ret_path, size_t size)
{
	const char *path = getenv("PATH");
	struct bytes rest = path ? bytes_of(path) : (struct bytes){0};

	if (directory && join(bytes_of(directory), name, ret_path, size) && is_program(ret_path))
		return 0;
	while (rest.data) {
		struct bytes part = bytes_cut(&rest, ':');

		if (part.length && part.data[0] == '/' && join(part, name, ret_path, size) &&
			is_program(ret_path))
			return 0;
	}
	return -ENOENT;
}
