/*
 * The questions that only an operating system can answer.
 *
 * Each system is a folder here: linux/, darwin/, windows/, and posix/ for what all Unix systems
 * have in common. Where a folder has no answer, none/ says so. The build looks for each file name
 * in the system's own folder, then in posix/ (but for Windows), then in none/, and takes the
 * first. A file name answers the same questions in every folder. docs/porting.md says how to port.
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
 * Called first in every main. Writing to a reader that went away gives -EPIPE, beyond the file
 * size limit -EFBIG. Closed standard descriptors are taken, so that no file lands on them.
 * Children can be waited for. Arguments in another encoding become UTF-8.
 */
void os_prepare_process(int *argc, char **argv[]);

/*
 * Closes the inherited sockets, except on the standard descriptors: run by a server whose
 * children inherit its socket, we would hold its port ourselves.
 */
void os_drop_inherited_sockets(void);

/* The path of the running program, links resolved, separated by slashes. */
int os_executable_path(char *ret_path, size_t size);

/* True if processes can be examined at all: on Linux, if /proc is mounted. */
bool os_has_processes(void);

/* How to get the rights that are missing: "use sudo". */
const char *os_how_to_get_rights(void);

/* What may hide a process from a user with all rights. */
const char *os_what_hides_from_root(void);

/* True if this process has all rights; root in a container often hasn't. */
bool os_is_privileged(void);

/* The effective user of this process; -1 if users have no numbers. */
int64_t os_own_user(void);

/*
 * The uid that the kernel shows for all users without one in this user namespace
 * (user_namespaces(7)), usually that of "nobody"; -1 if every user has one.
 */
int64_t os_stand_in_user(void);

/* The collectors to try, best first; the list ends with NULL. */
const char *const *os_collectors(void);

/*
 * The options that make BSD's netstat print all sockets, as numbers. That takes no rights, and
 * shows no processes. NULL if netstat is another program here.
 */
const char *os_bsd_netstat_flags(void);

/* The absolute path of Windows' netstat. -ENOSYS if netstat is another program here. */
int os_windows_netstat(char *ret_path, size_t size);

/* ---- descriptors ---- */

/*
 * Reads at least one byte; returns the count, 0 at the end. Like os_write_all(), resumes after
 * interrupts, and waits even if the descriptor has O_NONBLOCK.
 */
long os_read(int fd, void *data, size_t size);

/* True if os_read() would return at once; false if unknown. */
bool os_has_input(int fd);

/* Limits what an endless file can fill. A table of a million connections takes 150 MB. */
enum { OS_READ_MAX = 256 * 1024 * 1024 };

/*
 * Appends everything up to the end. -EFBIG, with nothing appended, from OS_READ_MAX bytes on;
 * after other errors, what was read stays.
 */
int os_read_all(int fd, struct buffer *content);

/* The same, for at most `max` bytes; the rest is left unread. */
int os_read_head(int fd, size_t max, struct buffer *content);

int os_write_all(int fd, const void *data, size_t length);

bool os_is_terminal(int fd);

/* The width of a terminal; 0 if it is none, or the width is unknown. */
size_t os_terminal_columns(int fd);

/*
 * Asks on the terminal, whatever stdin is; input typed earlier is dropped. Returns 1 if the
 * answer begins with y, else 0; -ENXIO without a terminal.
 */
int os_ask(const char *question);

/* ---- directories and files, of this machine or of a capture ---- */

/* True if the path doesn't depend on the current directory or drive. */
bool os_is_absolute_path(const char *path);

/* True if it can be read only once: a pipe, a socket or a device. */
bool os_is_stream(const char *path);

/*
 * True if only root could have changed what this absolute path runs: nobody else can write to the
 * program, nor to a directory or link on the way to it. Always true unless this process is root.
 */
bool os_is_safe_program(const char *path);

/*
 * On Unix: true if an access control list may let more users write to a file or directory than
 * its mode, as in struct stat, shows.
 */
bool os_list_lets_write(const char *path, unsigned mode);

struct os_directory {
	int fd;
	void *stream;
	bool is_lent; /* the stream is the caller's */
	bool is_capture; /* names in it lead to its own files and directories only */
};

/* An error beside those of errno: a name in a capture is a link or a special file. */
enum { OS_NOT_PLAIN = 0x10000 };

/*
 * Opens `name` within `parent`, or as a path if `parent` is NULL. What is opened within a capture
 * belongs to it: no part of `name` may be a link.
 */
int os_directory_open(
	struct os_directory *ret_directory, const struct os_directory *parent, const char *name);

/* Opens a capture, which anybody may have made: links may lead to it, but not out of it. */
static inline int os_capture_open(struct os_directory *ret_directory, const char *path)
{
	int error = os_directory_open(ret_directory, NULL, path);

	if (!error)
		ret_directory->is_capture = true;
	return error;
}

/* The buffer for names, for callers who open many directories one after another. */
enum { OS_DIRECTORY_ROOM = 64 * 1024 };

/*
 * Lends `room`, aligned as by malloc(), to a directory until it is closed. Must come before the
 * first os_directory_next(), which otherwise allocates its own.
 */
void os_directory_lend(struct os_directory *directory, void *room);

/* Returns 1 and the next name, valid until the next call; 0 at the end. Skips "." and "..". */
int os_directory_next(struct os_directory *directory, const char **ret_name);

void os_directory_close(struct os_directory *directory);

/*
 * Counts the directories in a directory within `parent` by its link count, as /proc keeps it;
 * -ENOSYS on other systems.
 */
int os_directory_count(const struct os_directory *parent, const char *name);

/*
 * Appends the content of a file. If `directory` is NULL, `name` is a path. -EFBIG as for
 * os_read_all(); -OS_NOT_PLAIN in a capture.
 */
int os_read_file(const struct os_directory *directory, const char *name, struct buffer *content);

/* The same, for at most `max` bytes: longer files are cut. */
int os_read_file_head(
	const struct os_directory *directory, const char *name, size_t max, struct buffer *content);

/*
 * Reads the target of a symbolic link, NUL-terminated and cut at `size`; returns its length. A
 * regular file counts as a link to its content: so git checks out links on a file system without
 * them. -ENAMETOOLONG for a link of /proc whose target is longer than the kernel reports.
 */
int os_read_link(
	const struct os_directory *directory, const char *name, char *ret_target, size_t size);

/* ---- processes ---- */

/*
 * A number that identifies a process together with its pid, "pid_start" in a listener: no later
 * process has both, not even after a reboot. Below 2^53, so that programs whose numbers are
 * doubles, such as jq, keep it exact. -ESRCH if there is no such process.
 */
int os_process_identity(int64_t pid, int64_t *ret_identity);

/*
 * When a process started, on the kernel's own clock: comparable with that of other processes
 * only. -ESRCH if there is no such process.
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
 * What a process was started with, and by whom. -ESRCH if there is no such process, -ENOSYS if
 * /proc provides it; on failure, *facts may be partly filled in.
 */
int os_process_facts(int64_t pid, struct process_facts *facts);

/* The parent's pid. -ESRCH if the process or its parent can't be seen. */
int os_process_parent(int64_t pid, int64_t *ret_parent);

/* This process's own pid. */
int64_t os_own_pid(void);

/*
 * True for a process whose end would take down the machine or its container; *ret_why is then a
 * constant sentence that names the way out.
 */
bool os_is_system_process(int64_t pid, const char **ret_why);

/* On Unix: such a sentence about pid 1, and how to stop a service whose socket it holds. */
const char *os_about_init(void);

/* A process to signal and to wait for, which no other can replace. */
struct os_process {
	int64_t pid;
	int64_t identity;
	intptr_t handle; /* a descriptor or a HANDLE; -1: none */
};

/*
 * Opens the process with this pid and identity. -ESRCH if no process has the pid, -EEXIST if
 * another one has it, -EACCES if this user may not open it, -ENOSYS if processes can't be
 * identified here.
 */
int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process);

/*
 * Sends a signal. -ESRCH if the process has ended, -EPERM if it is another user's, -ENOTSUP if it
 * can't be asked to end, only killed.
 */
int os_process_signal(const struct os_process *process, int signal);

/*
 * Waits until at least one process has ended, or for `milliseconds`. Sets ret_ended[i] for each,
 * and returns how many have ended.
 */
int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended);

void os_process_close(struct os_process *process);

/* Raises the limit of open files as far as it goes: each process to wait for takes a handle. */
void os_raise_open_files(void);

/* Finds a signal by name, with or without "SIG", or by number. -EINVAL: unknown here. */
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

/* Milliseconds on a clock that only moves forward. */
int64_t os_clock(void);

enum { OS_UTC_MAX = 24 };

/* Formats Unix seconds as in RFC 3339: "2026-11-23T21:16:00Z". */
int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX]);

/* Sleeps, for at most a day. */
void os_pause(int64_t milliseconds);

/* ---- sockets ---- */

/*
 * Sends a sock_diag(7) request, and appends all messages of the answer. If the kernel refuses,
 * its error; -ENOSYS on other systems.
 */
int os_sock_diag(const void *request, size_t length, struct buffer *answer);

/*
 * Starts watching for sockets on ports from `low` to `high` that go away, connections excepted.
 * Takes no rights. -ENOSYS if the kernel doesn't report it. Not reported are a socket that stops
 * listening but stays open, and one that the kernel keeps to answer a client.
 */
int os_sockets_watch_open(bool tcp, bool udp, uint16_t low, uint16_t high, int *ret_watch);

/*
 * Waits up to `milliseconds`. Returns 1 if a socket has gone away since the last call or since
 * the watch was opened, else 0.
 */
int os_sockets_watch_wait(int watch, int64_t milliseconds);

void os_sockets_watch_close(int watch);

/* The name of the network interface with this index, such as "eth0". */
int os_interface_name(uint32_t index, char *ret_name, size_t size);

/*
 * On Windows only: appends the table of TCP listeners or UDP sockets and their pids that
 * GetExtendedTcpTable() or GetExtendedUdpTable() fills in. ip_table.h parses it.
 */
int os_windows_sockets(bool udp, bool ipv6, struct buffer *table);

/* ---- users ---- */

/*
 * The program that knows the users missing from /etc/passwd: given "passwd UID...", it prints
 * their passwd(5) lines. NULL if os_user_name() knows them.
 */
const char *os_user_tool(void);

/* Appends a user's name. -ENOENT if nobody has the uid, -ENOSYS if os_user_tool() is to be asked.
 */
int os_user_name(uint32_t uid, struct buffer *name);

#endif
