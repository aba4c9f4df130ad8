/*
 * The few questions that only an operating system can answer. os_posix.c holds
 * what all Unix systems answer alike; os_linux.c, os_darwin.c, os_windows.c or
 * os_other.c the rest; the build picks. No other file but spawn_*.c asks the OS.
 *
 * Functions that return int give 0 (or what their comment says) or a negative
 * errno. Outputs are untouched on failure.
 */
#ifndef PF_OS_H
#define PF_OS_H

#include <stdint.h>

#include "base/buffer.h"

enum {
	OS_STDIN = 0,
	OS_STDOUT = 1,
	OS_STDERR = 2,
	OS_PATH_MAX = 4096,
	OS_SIGNAL_NAME_MAX = 16,
};

/* ---- this process ---- */

/*
 * Called first in every main: writes to a reader that went away become -EPIPE,
 * those to a file that may grow no more -EFBIG, a standard descriptor that was
 * closed is taken, so that no file lands on it, children can be waited for, and
 * where arguments come in another encoding, they are replaced by UTF-8.
 */
void os_prepare_process(int *argc, char **argv[]);

/*
 * Closes the sockets that this process was started with, but for the standard
 * descriptors: where a server that lets its children inherit its socket runs
 * us, we would be found to hold its port.
 */
void os_drop_inherited_sockets(void);

/* The running program's own file, links resolved, with / between its parts. */
int os_executable_path(char *ret_path, size_t size);

/* Whether processes can be looked at at all: on Linux, where /proc is mounted. */
bool os_has_processes(void);

/* What somebody who lacks rights can do to get them: "run with sudo". */
const char *os_how_to_get_rights(void);

/* What may hide a process from somebody who has them all. */
const char *os_what_hides_from_root(void);

/* True where this process has all that there are: root of a container often has not. */
bool os_is_privileged(void);

/* The effective user of this process; -1 where users have no numbers. */
int64_t os_own_user(void);

/*
 * By whose number the kernel shows all users who have none in this user namespace
 * (user_namespaces(7)), "nobody" mostly; -1 where all have one.
 */
int64_t os_stand_in_user(void);

/* The collectors to try on this OS, the best first; the list ends with NULL. */
const char *const *os_collectors(void);

/*
 * How netstat is asked here for all sockets in numbers, as BSD's prints them:
 * needs no rights, and tells no process. NULL where netstat is another program.
 */
const char *os_bsd_netstat_flags(void);

/* The absolute path of Windows' netstat. -ENOSYS where netstat is another program. */
int os_windows_netstat(char *ret_path, size_t size);

/* ---- descriptors ---- */

/*
 * At least one byte, or 0 at the end. Interrupted calls are taken up again, and it is
 * waited for what a descriptor with O_NONBLOCK hasn't yet; so it is in os_write_all().
 */
long os_read(int fd, void *data, size_t size);

/* Whether os_read() has bytes or the end to give at once; false where that is not known. */
bool os_has_input(int fd);

/* A file without an end must not fill the memory. A socket table of a million connections: 150 MB.
 */
enum { OS_READ_MAX = 256 * 1024 * 1024 };

/*
 * Appends everything that can be read. Returns 0; -EFBIG, with nothing appended, if that is
 * OS_READ_MAX bytes or more; another negative errno, and what was read before stays.
 */
int os_read_all(int fd, struct buffer *content);

/* The same, but at most `max` bytes: the rest is left unread. */
int os_read_head(int fd, size_t max, struct buffer *content);

/* As os_read_all(), for content that was `before` bytes long and was read up to OS_READ_MAX. */
int os_check_size(struct buffer *content, size_t before);

int os_write_all(int fd, const void *data, size_t length);

bool os_is_terminal(int fd);

/* The width of a terminal; 0 where it is none, or its width is not known. */
size_t os_terminal_columns(int fd);

/*
 * Asks on the terminal, whatever stdin is; what was typed there before is dropped. 1 for a line
 * that begins with y, 0 for all else; -ENXIO without a terminal.
 */
int os_ask(const char *question);

/* ---- directories and files, of the machine or of a capture ---- */

/* Whether a path is the same file in whatever directory and on whatever drive it is used. */
bool os_is_absolute_path(const char *path);

/* Whether what is read of it once is gone: it is a pipe, a socket or a device. */
bool os_is_stream(const char *path);

/*
 * Whether nobody whom this process must not obey can have it run something else by this absolute
 * path: always true, but for root, for whom root alone must be able to write to the
 * program, to the directories that lead to it, and to those of the links among them.
 */
bool os_is_safe_program(const char *path);

/*
 * On Unix: whether an access control list lets somebody write to a file or directory whom its
 * mode, as in struct stat, doesn't tell of.
 */
bool os_list_lets_write(const char *path, unsigned mode);

struct os_directory {
	int fd;
	void *stream;
	bool is_lent; /* the stream is the caller's */
	bool is_capture; /* what is in it leads nowhere else, and is files and directories only */
};

/* An error beside those of errno: in a capture, a name is that of a link or of a special file. */
enum { OS_NOT_PLAIN = 0x10000 };

/*
 * Opens `name` within `parent`, or as a path where `parent` is NULL. In a capture, whose
 * directories are all one, no part of a name is followed that is a link.
 */
int os_directory_open(
	struct os_directory *ret_directory, const struct os_directory *parent, const char *name);

/* Opens a capture, which somebody else may have made: the path may have links, what is in it not.
 */
static inline int os_capture_open(struct os_directory *ret_directory, const char *path)
{
	int error = os_directory_open(ret_directory, NULL, path);

	if (!error)
		ret_directory->is_capture = true;
	return error;
}

/* For those who open many, one after another: the room that the names are read into. */
enum { OS_DIRECTORY_ROOM = 64 * 1024 };

/*
 * Lends `room`, aligned as malloc() does, to a directory that nothing was read of yet,
 * until it is closed; without it, it makes some of its own.
 */
void os_directory_lend(struct os_directory *directory, void *room);

/* 1 and the next name, valid until the next call; 0 at the end. "." and ".." are left out. */
int os_directory_next(struct os_directory *directory, const char **ret_name);

void os_directory_close(struct os_directory *directory);

/*
 * How many directories are in a directory within `parent`, as its link count tells,
 * which /proc keeps; -ENOSYS where that is not so.
 */
int os_directory_count(const struct os_directory *parent, const char *name);

/*
 * Appends the content of a file. `directory` may be NULL, and `name` then is a path.
 * -EFBIG as of os_read_all(); -OS_NOT_PLAIN in a capture.
 */
int os_read_file(const struct os_directory *directory, const char *name, struct buffer *content);

/* The same, but of no more than `max` bytes: what is longer is cut there. */
int os_read_file_head(
	const struct os_directory *directory, const char *name, size_t max, struct buffer *content);

/*
 * The target of a symbolic link, NUL-terminated, cut at `size`. A regular file
 * stands for a link to its content: that is how git checks links out on a file
 * system that has none. Returns the length; -ENAMETOOLONG where the link is one of
 * /proc to a path that is longer than the kernel tells.
 */
int os_read_link(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size);

/* ---- processes ---- */

/*
 * A number that with the pid names this one process for ever, in listener's
 * "pid_start": no later process has both, not even after a restart of the
 * machine. Below 2^53, so that it passes through programs that know numbers as
 * doubles only, jq among them. -ESRCH where there is no such process.
 */
int os_process_identity(int64_t pid, int64_t *ret_identity);

/*
 * When a process started, on a clock that only serves to compare it with that
 * of another process. -ESRCH where there is no such process.
 */
int os_process_start_ticks(int64_t pid, int64_t *ret_when);

/*
 * Append the name of a process's program, and that of its user as DOMAIN\user.
 * -ESRCH where there is no such process, -EACCES where it may not be looked
 * into, -ENOSYS where /proc or the collector tells.
 */
int os_process_name(int64_t pid, struct buffer *name);
int os_process_user(int64_t pid, struct buffer *user);

struct process_facts;

/*
 * What a process was started with and by. -ESRCH where there is no such process, -ENOSYS where
 * /proc tells; on failure, *facts may hold some, too.
 */
int os_process_facts(int64_t pid, struct process_facts *facts);

/* The parent's pid. -ESRCH where the process or its parent can't be seen. */
int os_process_parent(int64_t pid, int64_t *ret_parent);

/* This process's own pid. */
int64_t os_own_pid(void);

/*
 * True for a pid that is no ordinary process, whose end would take the machine
 * (or its container) down: *ret_why gets a constant sentence with the way out.
 */
bool os_is_system_process(int64_t pid, const char **ret_why);

/* On Unix: what pid 1 is here, and how a service is stopped whose socket it holds: such a sentence.
 */
const char *os_about_init(void);

/* A process that can be signalled and waited for, and no other in its stead. */
struct os_process {
	int64_t pid;
	int64_t identity;
	intptr_t handle; /* a descriptor or a HANDLE; -1: none */
};

/*
 * Takes hold of the process that `pid` and `identity` name. -ESRCH where there is
 * no process with this pid; -EEXIST where it is another one; -EACCES where it
 * is somebody else's, and may not even be held; -ENOSYS where processes can't be told apart.
 */
int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process);

/*
 * Sends a signal. -ESRCH where the process has ended, -EPERM where it is somebody
 * else's, -ENOTSUP where it has no way to be asked to end, and has to be killed.
 */
int os_process_signal(const struct os_process *process, int signal);

/*
 * Waits until at least one of the processes has ended, or until `milliseconds`
 * have gone by. Sets ret_ended[i] for each that has, and returns their number.
 */
int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended);

void os_process_close(struct os_process *process);

/* Lets this process open as many files as it may: one handle a process that is waited for. */
void os_raise_open_files(void);

/* The number of a signal, by name with or without "SIG", or by number. -EINVAL: unknown here. */
int os_signal_number(const char *name, int *ret_signal);

/* "SIGTERM"; "signal 34" where it has no name, in a buffer of the caller. */
const char *os_signal_name(int signal, char buffer[OS_SIGNAL_NAME_MAX]);

int os_signal_terminate(void);
int os_signal_kill(void);

/* Whether two threads have one table of descriptors; false where that can't be told. */
bool os_share_descriptors(int64_t thread, int64_t other);

/* How many processors this process may use. */
size_t os_count_processors(void);

/*
 * Runs a function once for each context, side by side in threads of this process,
 * and waits for all. One may run after another where threads are not to be had.
 */
void os_run_in_threads(void (*run)(void *context), void *const contexts[], size_t count);

/* Milliseconds of a clock that only goes forward. */
int64_t os_clock(void);

enum { OS_UTC_MAX = 24 };

/* Writes a time, in seconds since 1970, as RFC 3339 has it: "2026-11-23T21:16:00Z". */
int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX]);

/* Does nothing for so long, at most a day. */
void os_pause(int64_t milliseconds);

/* ---- sockets ---- */

/*
 * Sends a request of sock_diag(7), and appends the kernel's answer, message by
 * message up to the last. A negative errno also where the kernel refuses;
 * -ENOSYS where it has no such thing.
 */
int os_sock_diag(const void *request, size_t length, struct buffer *answer);

/*
 * From now on, os_sockets_watch_wait() learns when a socket on one of the ports from `low`
 * to `high` has gone that could have listened: a connection is passed over. Asks for no
 * rights. -ENOSYS where the kernel tells nobody. A socket that lives on and listens no more
 * is not told of, nor one that the kernel keeps for a client that it has still to answer.
 */
int os_sockets_watch_open(bool tcp, bool udp, uint16_t low, uint16_t high, int *ret_watch);

/*
 * Waits for such news until `milliseconds` have gone by. Returns 1 where there were any,
 * since the last call or since the watch was opened, else 0.
 */
int os_sockets_watch_wait(int watch, int64_t milliseconds);

void os_sockets_watch_close(int watch);

/* The name of a network interface, such as "eth0", for its index. */
int os_interface_name(uint32_t index, char *ret_name, size_t size);

/*
 * On Windows only: appends the table of TCP listeners or of UDP sockets with their pids, as
 * GetExtendedTcpTable() and GetExtendedUdpTable() give it: ip_table.h reads it.
 */
int os_windows_sockets(bool udp, bool ipv6, struct buffer *table);

/* ---- users ---- */

/*
 * The program that tells of users whom /etc/passwd lacks: with the arguments
 * "passwd UID..." it prints lines of passwd(5) for those that there are. NULL where
 * os_user_name() tells.
 */
const char *os_user_tool(void);

/* Appends the name of a user. -ENOENT where nobody has the uid, -ENOSYS where a program tells. */
int os_user_name(uint32_t uid, struct buffer *name);

#endif
