#include "os/os.h"

#include <limits.h>
#include <linux/kcmp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "cli/process_failure.h"
#include "formats/proc_pid.h"

/* From linux/magic.h, since Linux 6.9; older headers lack it. */
#define PID_FS_MAGIC 0x50494446

/* Without /proc: by the path that the kernel has started this process by. */
static int path_of_start(char *ret_path, size_t size)
{
	/* getauxval(3) gives pointers as numbers. NOLINTNEXTLINE(performance-no-int-to-ptr) */
	const char *start = (const char *)getauxval(AT_EXECFN);
	char path[PATH_MAX];

	if (!start)
		return -ENOENT;
	if (!realpath(start, path))
		return negative_errno();
	if (strlen(path) >= size)
		return -ENAMETOOLONG;
	memcpy(ret_path, path, strlen(path) + 1);
	return 0;
}

int os_executable_path(char *ret_path, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", ret_path, size - 1);

	if (length < 0)
		return path_of_start(ret_path, size);
	ret_path[length] = '\0';
	return 0;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"proc", "lsof", NULL};

	return collectors;
}

/* Linux has net-tools' netstat, of another form. */
const char *os_bsd_netstat_flags(void)
{
	return NULL;
}

const char *os_about_init(void)
{
	return "it is init, which may hold the socket for a service that it starts on demand: "
	       "stop that with its socket (systemctl stop NAME.socket), or in a container stop "
	       "the container";
}

static int read_pid_file(int64_t pid, const char *name, struct buffer *content)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lld/%s", (long long)pid, name);
	return os_read_file_head(NULL, path, PROC_FILE_MAX, content);
}

static int read_stat(int64_t pid, struct proc_stat *ret_stat)
{
	struct buffer content = {0};
	int error = read_pid_file(pid, "stat", &content);

	if (!error)
		error = proc_parse_stat(buffer_bytes(&content), ret_stat);
	buffer_release(&content);
	return error == -ENOENT ? -ESRCH : error;
}

static int pidfd_open(int64_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0U);

	return fd < 0 ? negative_errno() : fd;
}

/*
 * What of a process's identity this machine can't tell at all is 0, each time; what
 * it can't tell only now is an error, or the same process would seem to be another.
 */
static int settle_unknown(int error)
{
	return error_is_gone(error) || error_is_denied(error) || error == -ENOSYS ||
			error == -EINVAL
		? 0
		: error;
}

/* A process's inode in pidfs, never given twice between two boots. */
static int pidfs_inode(int64_t pid, uint64_t *ret_inode)
{
	int fd = pidfd_open(pid);
	struct statfs filesystem;
	struct stat status;
	int error = 0;

	*ret_inode = 0;
	if (fd < 0)
		return settle_unknown(fd);
	if (fstatfs(fd, &filesystem) || fstat(fd, &status))
		error = negative_errno();
	/* Before 6.9 all pidfds share one anonymous inode, which tells nothing. */
	else if (filesystem.f_type == PID_FS_MAGIC)
		*ret_inode = status.st_ino;
	close(fd);
	return error;
}

/* Sets one boot of the machine apart from the next. */
static int boot_number(uint64_t *ret_number)
{
	struct buffer content = {0};
	uint32_t high = 0;
	uint32_t low = 0;
	int error = os_read_file(NULL, "/proc/sys/kernel/random/boot_id", &content);

	/* A random UUID: 8 digits, a dash, 4 digits, a dash, 4 digits, … */
	if (!error && content.length >= 18 && number_parse_hex(content.data, 8, &high) == 0)
		(void)number_parse_hex(content.data + 9, 4, &low);
	buffer_release(&content);
	*ret_number = (uint64_t)high << 32 | low;
	return settle_unknown(error);
}

/*
 * The start time alone would not do: it counts ticks of 10 ms, within which a
 * pid can be reused on purpose, and begins anew with each boot, when the same
 * services get the same pids at about the same time.
 */
int os_process_start(int64_t pid, int64_t *ret_start)
{
	/* 53 bits are left, which jq and JavaScript pass on unchanged. */
	enum { DROPPED_BITS = 11 };
	uint64_t inode;
	uint64_t boot;
	struct proc_stat stat;
	int error = pidfs_inode(pid, &inode);

	if (!error)
		error = boot_number(&boot);
	if (!error)
		error = read_stat(pid, &stat);
	if (error)
		return error;
	*ret_start = (int64_t)(number_mix(number_mix(number_mix(boot) ^ stat.start) ^ inode) >>
		DROPPED_BITS);
	return 0;
}

int os_process_started(int64_t pid, int64_t *ret_when)
{
	struct proc_stat stat;
	int error = read_stat(pid, &stat);

	if (!error)
		*ret_when = (int64_t)stat.start;
	return error;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}

/*
 * A pid in /proc is one of the pid namespace that /proc was mounted in, a pid
 * to signal is one of our own. Where they differ, the same number means two
 * processes. "NSpid:" lists our pids from the one to the other (proc(5)).
 */
static int check_namespace(void)
{
	const struct bytes heading = bytes_of("NSpid:\t");
	struct buffer content = {0};
	int error = os_read_file(NULL, "/proc/self/status", &content);
	struct bytes rest = buffer_bytes(&content);

	while (!error && rest.data) {
		struct bytes line = bytes_cut(&rest, '\n');

		if (bytes_begin_with(line, heading) &&
			memchr(line.data + heading.length, '\t', line.length - heading.length))
			error = -EXDEV;
	}
	buffer_release(&content);
	/* Without /proc, the look at the process will tell. */
	return error_is_gone(error) || error_is_denied(error) ? 0 : error;
}

static int check_start(int64_t pid, int64_t start)
{
	int64_t now;
	int error = os_process_start(pid, &now);

	if (error)
		return error;
	return now == start ? 0 : -EEXIST;
}

int os_process_open(int64_t pid, int64_t start, struct os_process *ret_process)
{
	struct os_process process = {.pid = pid, .start = start};
	int error = check_namespace();

	if (!os_has_processes())
		return -ENOSYS;
	if (error)
		return error;
	/* As a pid_t it would be another one, or to kill(2) a group of processes. */
	if (pid < 1 || pid > INT32_MAX)
		return -ESRCH;
	/*
	 * First the handle, then the look: where the look finds the process that
	 * was listed, the handle can't have got an earlier or a later one.
	 */
	error = pidfd_open(pid);
	if (error < 0 && error != -ENOSYS && error != -EPERM)
		return error;
	process.handle = error;
	error = check_start(pid, start);
	if (error) {
		os_process_close(&process);
		return error;
	}
	*ret_process = process;
	return 0;
}

/* Before Linux 5.3 there are no handles; the look comes as close to the signal as can be. */
static int signal_without_handle(const struct os_process *process, int signal)
{
	int error = check_start(process->pid, process->start);

	if (error)
		return error == -EEXIST ? -ESRCH : error;
	return kill((pid_t)process->pid, signal) ? negative_errno() : 0;
}

int os_process_signal(const struct os_process *process, int signal)
{
	if (process->handle < 0)
		return signal_without_handle(process, signal);
	return syscall(SYS_pidfd_send_signal, process->handle, signal, NULL, 0U) ? negative_errno()
										 : 0;
}

static bool has_ended_without_handle(const struct os_process *process)
{
	struct proc_stat stat;
	int error = check_start(process->pid, process->start);

	if (!error)
		error = read_stat(process->pid, &stat);
	/* What can't be read now has not ended for that. */
	if (error)
		return error == -ESRCH || error == -EEXIST;
	return stat.state == 'Z';
}

/* `polls` is NULL where not all have a handle. */
static int count_ended(const struct os_process *processes, const struct pollfd *polls, size_t count,
	bool *ret_ended)
{
	int ended = 0;

	for (size_t i = 0; i < count; i++) {
		ret_ended[i] = polls ? polls[i].revents != 0
				     : has_ended_without_handle(&processes[i]);
		ended += ret_ended[i];
	}
	return ended;
}

static bool all_have_handles(const struct os_process *processes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (processes[i].handle < 0)
			return false;
	return true;
}

/* Waits until one has ended; without handles, looks now and then. */
static int wait_for_one(const struct os_process *processes, struct pollfd *polls, size_t count,
	int64_t milliseconds, bool *ret_ended)
{
	enum { LOOK_AGAIN = 20 };
	int64_t deadline = os_clock() + milliseconds;

	for (;;) {
		int64_t left = deadline - os_clock();
		int ended;

		if (left < 0)
			left = 0;
		if (poll(polls, polls ? count : 0,
			    polls || left < LOOK_AGAIN ? (int)left : LOOK_AGAIN) < 0 &&
			errno != EINTR)
			return negative_errno();
		ended = count_ended(processes, polls, count, ret_ended);
		if (ended || left == 0)
			return ended;
	}
}

int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended)
{
	struct pollfd *polls;
	int ended;

	if (!all_have_handles(processes, count))
		return wait_for_one(processes, NULL, count, milliseconds, ret_ended);
	polls = calloc(count + 1, sizeof(*polls));
	if (!polls)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		polls[i] = (struct pollfd){.fd = (int)processes[i].handle, .events = POLLIN};
	ended = wait_for_one(processes, polls, count, milliseconds, ret_ended);
	free(polls);
	return ended;
}

void os_process_close(struct os_process *process)
{
	if (process->handle >= 0)
		close((int)process->handle);
	process->handle = -1;
}

bool os_share_descriptors(int64_t thread, int64_t other)
{
	return syscall(SYS_kcmp, (pid_t)thread, (pid_t)other, KCMP_FILES, 0UL, 0UL) == 0;
}

/*
 * The sources of users are modules that a C library loads (nsswitch.conf(5)). A static
 * program has no loader, and of another C library it would be: so the machine's own
 * program asks its own.
 */
const char *os_user_tool(void)
{
	return "getent";
}

int os_user_name(uint32_t uid, struct buffer *name)
{
	(void)uid;
	(void)name;
	return -ENOSYS;
}

size_t os_count_processors(void)
{
	cpu_set_t allowed;

	/* A machine with more processors than the set has room for is large enough for one. */
	return sched_getaffinity(0, sizeof(allowed), &allowed) ? 1 : (size_t)CPU_COUNT(&allowed);
}
