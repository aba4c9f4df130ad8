/*
 * Everything that depends on the operating system.
 *
 * Each system has a folder: linux/, darwin/, windows/; posix/ is common to all Unix systems, and
 * none/ has stubs. The build looks for each file name in the system's own folder, then in posix/
 * (not for Windows), then in none/, and uses the first that it finds. A file implements the same
 * functions in every folder. docs/porting.md says how to port.
 *
 * Functions that return int return 0 (or what their comment says) or a negative errno. Outputs
 * are untouched on failure.
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
 * Called first in every main. Writing to a closed pipe gives -EPIPE instead of a signal, and
 * writing beyond the file size limit -EFBIG. Closed standard descriptors are opened, so that no
 * file gets their numbers. SIGCHLD isn't ignored, so children can be waited for. Windows' UTF-16
 * arguments become UTF-8.
 */
void os_prepare_process(int *argc, char **argv[]);

/*
 * Closes inherited sockets, on the standard descriptors only those that hold a port: started by a
 * server whose children inherit its socket, pf would itself hold the server's port.
 */
void os_drop_inherited_sockets(void);

/*
 * Sets a variable of the environment of this process and its children, or removes it if `value` is
 * NULL. 0 or a negative errno.
 */
int os_set_variable(const char *name, const char *value);

/* The path of the running program, with links resolved and slashes as separators. */
int os_executable_path(char *ret_path, size_t size);

/* True if processes can be examined at all: on Linux, if /proc is mounted. */
bool os_has_processes(void);

/* How to get the missing rights: "use sudo". */
const char *os_how_to_get_rights(void);

/* What may hide a process from a user with all rights. */
const char *os_what_hides_from_root(void);

/* True if this process has all rights; root in a container often lacks some. */
bool os_is_privileged(void);

/* The effective user of this process; -1 if users have no numbers. */
int64_t os_own_user(void);

/*
 * The overflow uid, which the kernel shows for every user that isn't mapped into this user
 * namespace (user_namespaces(7)), usually that of "nobody"; -1 if all users are mapped.
 */
int64_t os_overflow_uid(void);

/* The collectors to try, best first; the list ends with NULL. */
const char *const *os_collectors(void);

/*
 * The options that make BSD's netstat list all sockets numerically, which needs no rights and shows
 * no processes. NULL if this system's netstat is another program.
 */
const char *os_bsd_netstat_flags(void);

/* The absolute path of Windows' netstat; -ENOSYS on other systems. */
int os_windows_netstat(char *ret_path, size_t size);

/* ---- descriptors ---- */

/*
 * Reads at least one byte; returns the count, 0 at the end. Like os_write_all(), resumes after
 * interrupts, and waits even if the descriptor has O_NONBLOCK.
 */
long os_read(int fd, void *data, size_t size);

/* True if os_read() would return immediately; false if unknown. */
bool os_has_input(int fd);

/* Bounds the memory for an endless file. A table of a million connections takes 150 MB. */
enum { OS_READ_MAX = 256 * 1024 * 1024 };

/*
 * Appends everything up to the end. -EFBIG, with nothing appended, from OS_READ_MAX bytes on;
 * after other errors, what was read stays.
 */
int os_read_all(int fd, struct buffer *content);

/* The same, for at most `max` bytes; the rest is left unread. */
int os_read_head(int fd, size_t max, struct buffer *content);

int os_write_all(int fd, const void *data, size_t length);

/*
 * Waits until a pipe has no unread data, for at most `milliseconds`. -EPIPE if nobody can read it
 * any more; 0 for anything else, also if there is no way to know.
 */
int os_await_reader(int fd, int64_t milliseconds);

bool os_is_terminal(int fd);

/* The width of a terminal; 0 if it is no terminal or its width is unknown. */
size_t os_terminal_columns(int fd);

/*
 * Asks on the terminal, even if stdin is another file; discards earlier input. Returns 1 if the
 * answer begins with y or Y, else 0; -ENXIO without a terminal.
 */
int os_ask(const char *question);

/* ---- directories and files, of this machine or of a capture ---- */

/* True if the path doesn't depend on the current directory or drive. */
bool os_is_absolute_path(const char *path);

/* True if it can be read only once: a pipe, a socket or a device. */
bool os_is_stream(const char *path);

/* True if it is a socket that this user may connect to. */
bool os_may_connect(const char *path);

/*
 * True if only root could have changed what this absolute path runs: nobody else can write to the
 * program, nor to a directory or link on the way to it. Always true unless this process is root.
 */
bool os_is_safe_program(const char *path);

/*
 * On Unix: true if an access control list may let users other than those in the mode (st_mode)
 * write to a file or directory.
 */
bool os_acl_lets_write(const char *path, unsigned mode);

struct os_directory {
	int fd;
	void *stream;
	bool is_lent; /* the stream is the caller's memory */
	bool is_capture; /* no name in it may lead out of it */
};

/* Used like an errno: a name in a capture is a link or a special file. */
enum { OS_NOT_PLAIN = 0x10000 };

/*
 * Opens `name` within `parent`, or as a path if `parent` is NULL. In a capture, no part of `name`
 * may be a link; what it names belongs to the capture too.
 */
int os_directory_open(
	struct os_directory *ret_directory, const struct os_directory *parent, const char *name);

/* Opens a capture, which is untrusted: links may lead to it, but not out of it. */
static inline int os_capture_open(struct os_directory *ret_directory, const char *path)
{
	int error = os_directory_open(ret_directory, NULL, path);

	if (!error)
		ret_directory->is_capture = true;
	return error;
}

/* The size of the buffer for os_directory_lend(). */
enum { OS_DIRECTORY_ROOM = 64 * 1024 };

/*
 * Lends `room`, aligned as by malloc(), to a directory until it is closed, for callers that open
 * many directories. Call it before the first os_directory_next(), which otherwise allocates a
 * buffer.
 */
void os_directory_lend(struct os_directory *directory, void *room);

/* Returns 1 and the next name, valid until the next call; 0 at the end. Skips "." and "..". */
int os_directory_next(struct os_directory *directory, const char **ret_name);

void os_directory_close(struct os_directory *directory);

/*
 * Returns the number of subdirectories of a directory in /proc, from its link count; `parent` is
 * where it is. -ENOSYS on systems other than Linux.
 */
int os_directory_count(const struct os_directory *parent, const char *name);

/*
 * Appends the content of a file. If `directory` is NULL, `name` is a path. -EFBIG as for
 * os_read_all(); -OS_NOT_PLAIN in a capture.
 */
int os_read_file(const struct os_directory *directory, const char *name, struct buffer *content);

/* The same, for at most `max` bytes: a longer file is truncated. */
int os_read_file_head(
	const struct os_directory *directory, const char *name, size_t max, struct buffer *content);

/*
 * Reads the target of a symbolic link, NUL-terminated and truncated at `size`; returns its length.
 * A regular file counts as a link to its content: that is how git checks out links on a file system
 * without them. -ENAMETOOLONG for a link in /proc whose target is longer than the kernel reports.
 */
int os_read_link(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size);

/* ---- processes ---- */

/*
 * A number that identifies a process together with its pid, "pid_start" in a listener: no later
 * process has both, not even after a reboot. It is below 2^53, so that programs whose numbers are
 * doubles, such as jq, keep it exact. -ESRCH if there is no such process.
 */
int os_process_identity(int64_t pid, int64_t *ret_identity);

/*
 * When a process started, in ticks of the kernel's own clock: compare only with other processes.
 * -ESRCH if there is no such process.
 */
int os_process_start_ticks(int64_t pid, int64_t *ret_ticks);

/*
 * Append the name of a process's program, and that of its user as DOMAIN\user. -ESRCH if there
 * is no such process, -EACCES if it may not be examined, -ENOSYS if /proc or the collector
 * provides them.
 */
int os_process_name(int64_t pid, struct buffer *name);
int os_process_user(int64_t pid, struct buffer *user);

struct process_facts;

/*
 * Fills in *facts, also partly on failure; see process_facts.h. -ESRCH if there is no such process,
 * -ENOSYS if /proc provides the facts.
 */
int os_process_facts(int64_t pid, struct process_facts *facts);

/* The parent's pid. -ESRCH if the process or its parent can't be seen. */
int os_process_parent(int64_t pid, int64_t *ret_parent);

/*
 * 1 if the process holds the socket with that inode, else 0; -EACCES if it may not be examined,
 * -ENOSYS if sockets have no inodes here.
 */
int os_process_has_socket(int64_t pid, uint64_t inode);

enum os_process_state {
	OS_PROCESS_RUNS, /* or its state is unknown */
	OS_PROCESS_STOPPED, /* by a signal, as with Ctrl-Z: SIGTERM waits for SIGCONT */
	OS_PROCESS_FROZEN, /* with its cgroup: SIGTERM waits until it thaws */
};

enum os_process_state os_process_state(int64_t pid);

/* The pid of this process. */
int64_t os_own_pid(void);

/*
 * True for a process whose end would take down the machine or the container; *ret_why is then a
 * constant clause, "it is …: …", that says what to do instead.
 */
bool os_is_system_process(int64_t pid, const char **ret_why);

/* On Unix: such a clause about pid 1, and how to stop a service whose socket it holds. */
const char *os_about_init(void);

/* A process to signal and wait for. A later process with its pid is never mistaken for it. */
struct os_process {
	int64_t pid;
	int64_t identity;
	intptr_t handle; /* a descriptor or a HANDLE; -1: none */
};

/*
 * Opens the process with this pid and identity; the owner calls os_process_close(). -ESRCH if no
 * process has the pid, -EEXIST if another process has it, -EACCES if this user may not open it,
 * -ENOSYS if this system can't identify processes.
 */
int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process);

/*
 * Sends a signal. -ESRCH if the process has ended, -EPERM if it is another user's, -ENOTSUP if it
 * can't be asked to end, only killed.
 */
int os_process_signal(const struct os_process *process, int signal);

/*
 * Waits up to `milliseconds` until at least one process has ended. Sets ret_ended[i] for each
 * process, and returns how many have ended.
 */
int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended);

void os_process_close(struct os_process *process);

/* Raises the limit of open files to the hard limit: each open process takes a descriptor. */
void os_raise_open_files(void);

/* Finds a signal by name, with or without "SIG", or by number. -EINVAL: unknown. */
int os_signal_number(const char *name, int *ret_signal);

/* "SIGTERM", or "signal 34" if it has no name, in the caller's buffer. */
const char *os_signal_name(int signal, char buffer[OS_SIGNAL_NAME_MAX]);

int os_signal_terminate(void);
int os_signal_kill(void);

/* True if two threads share their descriptors; false if unknown. */
bool os_share_descriptors(int64_t thread, int64_t other);

/* The number of processors that this process may use. */
size_t os_count_processors(void);

/* Calls a function for each context, in parallel if there are threads, and waits for all. */
void os_run_in_threads(void (*run)(void *context), void *const contexts[], size_t count);

/* Milliseconds of a monotonic clock. */
int64_t os_clock(void);

enum { OS_UTC_MAX = 24 };

/* Formats Unix seconds as in RFC 3339: "2026-11-23T21:16:00Z". */
int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX]);

/* Sleeps for `milliseconds`, at most a day. */
void os_pause(int64_t milliseconds);

/* ---- sockets ---- */

/*
 * Sends a sock_diag(7) request, and appends all messages of the answer. Returns the kernel's error
 * if it rejects the request; -ENOSYS on systems other than Linux.
 */
int os_sock_diag(const void *request, size_t length, struct buffer *answer);

/*
 * Starts watching for sockets without a peer on ports from `low` to `high` to be closed, which
 * needs no rights. -ENOSYS if this system doesn't report that. The kernel doesn't report a socket
 * that stops listening but stays open, nor one that it keeps to answer a client.
 */
int os_sockets_watch_open(bool tcp, bool udp, uint16_t low, uint16_t high, int *ret_watch);

/*
 * Waits up to `milliseconds`. Returns 1 if a socket was closed since the last call or since the
 * watch was opened, else 0.
 */
int os_sockets_watch_wait(int watch, int64_t milliseconds);

void os_sockets_watch_close(int watch);

/* The name of the network interface with this index, such as "eth0". */
int os_interface_name(uint32_t index, char *ret_name, size_t size);

/*
 * On Windows only: appends the table of TCP listeners or UDP sockets with their pids, as filled in
 * by GetExtendedTcpTable() or GetExtendedUdpTable(). ip_table.h parses it.
 */
int os_windows_sockets(bool udp, bool ipv6, struct buffer *table);

/* ---- users ---- */

/*
 * The program to ask for users missing from /etc/passwd: with the arguments "passwd UID..." it
 * prints their passwd(5) lines. NULL if os_user_name() finds them.
 */
const char *os_user_tool(void);

/* Appends a user's name. -ENOENT if no user has the uid, -ENOSYS if os_user_tool() isn't NULL. */
int os_user_name(uint32_t uid, struct buffer *name);

#endif
