/*
 * Linked into each program to wrap the calls below (ld's --wrap, see the Makefile): makes one of
 * them fail as the environment says.
 *
 *   PF_FAULT_IN=PROGRAM   the only program that fails
 *   PF_FAULT=CALL         a name below; "syscall" for calls without a function in the C library
 *   PF_FAULT_AT=NUMBER    the NUMBERth of these calls fails
 *   PF_FAULT_HOW=ERRNO    with that, or "short": read, write and recv move one byte, or
 *                         "always:ERRNO": so do all calls behind it
 *   PF_FAULT_HIT=FILE     is created when the call fails
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/number.h"
#include "cli/program.h"

enum { SHORT = -1 };

static const struct {
	const char *name;
	int number;
} errors[] = {
	{"short", SHORT},
	{"EACCES", EACCES},
	{"EAGAIN", EAGAIN},
	{"ECHILD", ECHILD},
	{"EINTR", EINTR},
	{"EINVAL", EINVAL},
	{"EIO", EIO},
	{"EMFILE", EMFILE},
	{"ENOBUFS", ENOBUFS},
	{"ENOENT", ENOENT},
	{"ENOMEM", ENOMEM},
	{"ENOSPC", ENOSPC},
	{"ENOSYS", ENOSYS},
	{"EPERM", EPERM},
	{"EPIPE", EPIPE},
	{"ESRCH", ESRCH},
};

static struct {
	const char *call; /* NULL: none fails */
	uint64_t number;
	int error; /* SHORT, or an errno */
	bool is_lasting;
} plan;

static atomic_uint_fast64_t calls;

__attribute__((noreturn)) static void wrong(const char *what)
{
	dprintf(STDERR_FILENO, "PF_FAULT: %s\n", what);
	_exit(125);
}

static int find_error(const char *name)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(name, errors[i].name) == 0)
			return errors[i].number;
	wrong("PF_FAULT_HOW: no such errno");
}

__attribute__((constructor)) static void read_plan(void)
{
	static const char always[] = "always:";
	const char *program = getenv("PF_FAULT_IN");
	const char *number = getenv("PF_FAULT_AT");
	const char *how = getenv("PF_FAULT_HOW");

	if (!program || strcmp(program, program_name) != 0)
		return;
	if (!number || !how || number_parse(bytes_of(number), UINT32_MAX, &plan.number))
		wrong("PF_FAULT_AT and PF_FAULT_HOW are needed");
	plan.is_lasting = strncmp(how, always, strlen(always)) == 0;
	plan.error = find_error(plan.is_lasting ? how + strlen(always) : how);
	plan.call = getenv("PF_FAULT");
}

static void note_hit(void)
{
	const char *path = getenv("PF_FAULT_HIT");
	int fd = path ? creat(path, 0666) : -1;

	if (fd < 0)
		wrong("PF_FAULT_HIT can't be written");
	close(fd);
}

/* What this call fails with: 0, SHORT, or an errno, which is set. */
static int fault(const char *call)
{
	uint64_t number;

	if (!plan.call || strcmp(call, plan.call) != 0)
		return 0;
	number = atomic_fetch_add(&calls, 1) + 1;
	if (number < plan.number || (number > plan.number && !plan.is_lasting))
		return 0;
	if (number == plan.number)
		note_hit();
	if (plan.error > 0)
		errno = plan.error;
	return plan.error;
}

/* Declares __real_CALL() and begins __wrap_CALL(), which fails with `failure`. */
#define WRAP(type, call, failure, parameters, arguments)                                           \
	type __real_##call parameters;                                                             \
	type __wrap_##call parameters;                                                             \
	type __wrap_##call parameters                                                              \
	{                                                                                          \
		return fault(#call) ? (failure) : __real_##call arguments;                         \
	}

/* The same for a call that may transfer fewer bytes than requested. */
#define WRAP_TRANSFER(call, parameters, arguments, one)                                            \
	ssize_t __real_##call parameters;                                                          \
	ssize_t __wrap_##call parameters;                                                          \
	ssize_t __wrap_##call parameters                                                           \
	{                                                                                          \
		int error = fault(#call);                                                          \
                                                                                                   \
		if (error == SHORT)                                                                \
			return __real_##call one;                                                  \
		return error ? -1 : __real_##call arguments;                                       \
	}

WRAP(void *, malloc, NULL, (size_t size), (size))
WRAP(void *, calloc, NULL, (size_t count, size_t size), (count, size))
WRAP(void *, realloc, NULL, (void *memory, size_t size), (memory, size))

WRAP_TRANSFER(read, (int fd, void *data, size_t size), (fd, data, size), (fd, data, size > 0))
WRAP_TRANSFER(
	write, (int fd, const void *data, size_t size), (fd, data, size), (fd, data, size > 0))

/* The rest of a message that doesn't fit the buffer is lost. */
ssize_t __real_recv(int fd, void *data, size_t size, int flags);
ssize_t __wrap_recv(int fd, void *data, size_t size, int flags);
ssize_t __wrap_recv(int fd, void *data, size_t size, int flags)
{
	int error = fault("recv");
	ssize_t count = error > 0 ? -1 : __real_recv(fd, data, size, flags);

	return error == SHORT && count > 0 ? 1 : count;
}

WRAP(int, openat, -1, (int parent, const char *path, int flags), (parent, path, flags))
WRAP(int, open, -1, (const char *path, int flags), (path, flags))
WRAP(int, close, (__real_close(fd), -1), (int fd), (fd))
WRAP(ssize_t, readlink, -1, (const char *path, char *target, size_t size), (path, target, size))
WRAP(ssize_t, readlinkat, -1, (int parent, const char *path, char *target, size_t size),
	(parent, path, target, size))
WRAP(int, stat, -1, (const char *path, struct stat *status), (path, status))
WRAP(int, lstat, -1, (const char *path, struct stat *status), (path, status))
WRAP(ssize_t, getxattr, -1, (const char *path, const char *name, void *value, size_t size),
	(path, name, value, size))
WRAP(int, fstat, -1, (int fd, struct stat *status), (fd, status))
WRAP(int, fstatat, -1, (int parent, const char *path, struct stat *status, int flags),
	(parent, path, status, flags))
WRAP(int, fstatfs, -1, (int fd, struct statfs *status), (fd, status))

WRAP(int, pipe, -1, (int ends[2]), (ends))
WRAP(int, poll, -1, (struct pollfd * polls, nfds_t count, int milliseconds),
	(polls, count, milliseconds))
WRAP(pid_t, waitpid, -1, (pid_t pid, int *status, int flags), (pid, status, flags))
WRAP(int, waitid, -1, (idtype_t type, id_t id, siginfo_t *info, int flags), (type, id, info, flags))
WRAP(int, execv, -1, (const char *path, char *const argv[]), (path, argv))
WRAP(int, kill, -1, (pid_t pid, int signal), (pid, signal))

/* These two return the errno. */
WRAP(int, posix_spawn, errno,
	(pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attributes, char *const argv[], char *const environment[]),
	(pid, path, actions, attributes, argv, environment))
WRAP(int, pthread_create, errno,
	(pthread_t * thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context),
	(thread, attributes, run, context))

WRAP(int, socket, -1, (int family, int type, int protocol), (family, type, protocol))
WRAP(int, bind, -1, (int fd, const struct sockaddr *address, socklen_t length),
	(fd, address, length))
WRAP(int, setsockopt, -1, (int fd, int level, int name, const void *value, socklen_t length),
	(fd, level, name, value, length))
WRAP(ssize_t, send, -1, (int fd, const void *data, size_t size, int flags), (fd, data, size, flags))

/* No call used here has more than four arguments. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	va_list list;
	long arguments[4];

	if (fault("syscall"))
		return -1;
	va_start(list, number);
	for (int i = 0; i < 4; i++)
		arguments[i] = va_arg(list, long);
	va_end(list);
	return __real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3]);
}
