#include "os/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/error.h"
#include "os/os.h"
#include "os/posix/spawn_children.h"
#include "os/spawn_gather.h"

/* POSIX doesn't require a declaration: glibc's unistd.h has one, macOS's doesn't. */
extern char **environ; /* NOLINT(readability-redundant-declaration) */

/*
 * Sets close-on-exec, and moves the descriptor above the standard ones: a pipe end numbered 0
 * would be lost when the child's descriptors are set up.
 */
static int move_above_standard(int *fd)
{
	int higher;
	int error;

	if (*fd > STDERR_FILENO)
		return fcntl(*fd, F_SETFD, FD_CLOEXEC) ? negative_errno() : 0;
	higher = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	error = higher < 0 ? negative_errno() : 0;
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
	error = move_above_standard(&ends[0]);
	if (!error)
		error = move_above_standard(&ends[1]);
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

/* A bare chroot may lack /dev/null: a directory can't be read or written to either. */
static int add_null(posix_spawn_file_actions_t *actions, int to)
{
	bool has_null = access("/dev/null", R_OK | W_OK) == 0;

	return posix_spawn_file_actions_addopen(actions, to, has_null ? "/dev/null" : "/",
		has_null && to != STDIN_FILENO ? O_WRONLY : O_RDONLY, 0);
}

static int add_descriptor(posix_spawn_file_actions_t *actions, int from, int to)
{
	if (from == SPAWN_NULL)
		return add_null(actions, to);
	if (from == to)
		return 0;
	return posix_spawn_file_actions_adddup2(actions, from, to);
}

/* Ignored by os_prepare_process(); other programs expect the default. */
static const int ignored_signals[] = {SIGPIPE, SIGXFSZ};
enum { IGNORED_COUNT = sizeof(ignored_signals) / sizeof(ignored_signals[0]) };

static int restore_signals(posix_spawnattr_t *attributes, const sigset_t *mask)
{
	sigset_t signals;
	int error;

	sigemptyset(&signals);
	for (int i = 0; i < IGNORED_COUNT; i++)
		sigaddset(&signals, ignored_signals[i]);
	error = posix_spawnattr_setsigdefault(attributes, &signals);
	if (!error)
		error = posix_spawnattr_setsigmask(attributes, mask);
	return error;
}

static int set_attributes(
	posix_spawnattr_t *attributes, const struct spawn *spawn, const sigset_t *mask)
{
	short group = spawn->has_group ? POSIX_SPAWN_SETPGROUP : 0;
	int error = restore_signals(attributes, mask);

	if (!error)
		error = posix_spawnattr_setpgroup(attributes, 0);
	return error ? error
		     : posix_spawnattr_setflags(
			       attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group);
}

/* exec(3) and posix_spawn(3) don't change the strings, though their types lack the const. */
static char *const *as_argv(const char *const *argv)
{
	const union {
		const char *const *ours;
		char *const *theirs;
	} strings = {.ours = argv};

	return strings.theirs;
}

static int start(const struct spawn *spawn, const sigset_t *mask, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
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
		error = set_attributes(&attributes, spawn, mask);
	if (!error)
		error = posix_spawn(
			ret_pid, spawn->path, &actions, &attributes, as_argv(spawn->argv), environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

int spawn_start(const struct spawn *spawn, struct child *ret_child)
{
	sigset_t mask;
	pid_t pid = 0;
	int error;

	children_hold_signals(&mask);
	error = start(spawn, &mask, &pid);
	if (!error) {
		children_add(pid, spawn->has_group);
		*ret_child = (struct child){.pid = pid};
	}
	children_release_signals(&mask);
	return error;
}

/* Leaves the child a zombie, so that its pid isn't reused yet. */
static int wait_for_end(pid_t pid)
{
	siginfo_t info;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT))
		if (errno != EINTR)
			return negative_errno();
	return 0;
}

int spawn_wait(struct child child, struct child_end *ret_end)
{
	int status;
	int error = wait_for_end((pid_t)child.pid);

	children_remove((pid_t)child.pid);
	if (error)
		return error;
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
	for (int i = 0; i < IGNORED_COUNT; i++)
		signal(ignored_signals[i], SIG_DFL);
	execv(path, argv);
	return negative_errno();
}

static bool is_program(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Returns false if the path is too long for any program to be there. */
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

/* `places` is a list like PATH, or NULL. */
static int search(const char *name, const char *places, char *ret_path, size_t size)
{
	struct bytes rest = places ? bytes_of(places) : (struct bytes){0};
	char found[OS_PATH_MAX];
	int error = -ENOENT;

	if (size > sizeof(found))
		size = sizeof(found);
	while (rest.data) {
		struct bytes part = bytes_cut(&rest, ':');
		bool is_safe;

		if (part.length == 0 || part.data[0] != '/' || !join(part, name, found, size) ||
			!is_program(found))
			continue;
		is_safe = os_is_safe_program(found);
		/* Without a safe program, return the first unsafe one. */
		if (is_safe || error == -ENOENT)
			memcpy(ret_path, found, strlen(found) + 1);
		if (is_safe)
			return 0;
		error = -EPERM;
	}
	return error;
}

int spawn_find(const char *name, const char *directory, char *ret_path, size_t size)
{
	if (directory && join(bytes_of(directory), name, ret_path, size) && is_program(ret_path))
		return 0;
	return search(name, getenv("PATH"), ret_path, size);
}

int spawn_find_tool(const char *name, const char *places, char *ret_path, size_t size)
{
	int error = search(name, getenv("PATH"), ret_path, size);
	int other_error = error ? search(name, places, ret_path, size) : 0;

	return other_error == -ENOENT ? error : other_error;
}

/* Returns 1 if it has read anything, 0 at the end of the stream, or an error. */
static int read_available(int fd, struct buffer *content)
{
	enum { READ_SIZE = 64 * 1024 };
	int error = content->length >= SPAWN_OUTPUT_MAX ? -EFBIG
							: buffer_reserve(content, READ_SIZE);
	long count;

	if (error)
		return error;
	count = os_read(fd, content->data + content->length, READ_SIZE);
	if (count > 0)
		content->length += (size_t)count;
	return count < 0 ? (int)count : count > 0;
}

static int gather(int out, int err, int64_t deadline, struct spawn_output *output)
{
	struct pollfd polls[] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
	struct buffer *contents[] = {&output->out, &output->err};
	int open_count = 2;

	while (open_count) {
		int64_t left = deadline - os_clock();

		if (left <= 0)
			return -ETIMEDOUT;
		if (poll(polls, 2, (int)left) < 0) {
			if (errno != EINTR)
				return negative_errno();
			/* `polls` is out of date: a read could block forever. */
			continue;
		}
		for (int i = 0; i < 2; i++) {
			int status;

			if (polls[i].fd < 0 || !polls[i].revents)
				continue;
			status = read_available(polls[i].fd, contents[i]);
			if (status < 0)
				return status;
			if (status == 0) {
				/* poll(2) ignores negative descriptors. */
				polls[i].fd = -1;
				open_count--;
			}
		}
	}
	return 0;
}

/* Both streams may be closed before the program ends. */
static int wait_until(struct child child, int64_t deadline, struct child_end *ret_end)
{
	enum { POLL_INTERVAL = 1 };

	for (;;) {
		siginfo_t info = {0};

		if (waitid(P_PID, (id_t)child.pid, &info, WEXITED | WNOHANG | WNOWAIT) &&
			errno != EINTR)
			return negative_errno();
		if (info.si_pid)
			return spawn_wait(child, ret_end);
		if (os_clock() >= deadline)
			return -ETIMEDOUT;
		poll(NULL, 0, POLL_INTERVAL);
	}
}

int spawn_gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output)
{
	int error = gather(out, err, deadline, output);

	return error ? error : wait_until(child, deadline, &output->end);
}

/* The pid of a reaped child may be another process's by now. */
static bool is_unreaped_child(pid_t pid)
{
	siginfo_t info;

	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

void spawn_abandon(struct child child)
{
	if (is_unreaped_child((pid_t)child.pid))
		kill(-(pid_t)child.pid, SIGKILL);
	children_remove((pid_t)child.pid);
}
