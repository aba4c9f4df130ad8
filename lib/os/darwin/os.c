/*
 * macOS. Facts of a process come from sysctl(3)'s KERN_PROC_PID, which answers
 * for every process; libproc's proc_pidinfo() needs root for those of others.
 * There is no handle that holds on to a process: pid and start are compared
 * directly before each signal, and at each look.
 */
#include "os/os.h"

#include <mach-o/dyld.h>
#include <poll.h>
#include <signal.h>
#include <sys/sysctl.h>
#include <unistd.h>

#include "base/error.h"
#include "os/darwin/process.h"

int os_executable_path(char *ret_path, size_t size)
{
	char path[OS_PATH_MAX];
	uint32_t path_size = sizeof(path);
	char *resolved;
	size_t length;

	/* dyld(3): "a path", as the program was started, and not "a real path". */
	if (_NSGetExecutablePath(path, &path_size))
		return -ENAMETOOLONG;
	resolved = realpath(path, NULL);
	if (!resolved)
		return negative_errno();
	length = strlen(resolved);
	if (length < size)
		memcpy(ret_path, resolved, length + 1);
	free(resolved);
	return length < size ? 0 : -ENAMETOOLONG;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"lsof", NULL};

	return collectors;
}

const char *os_what_hides_from_root(void)
{
	return "it is the kernel's own, or was opened just now; list again";
}

/* Without -l, netstat(1) here cuts an IPv6 address after 16 characters. */
const char *os_bsd_netstat_flags(void)
{
	return "-anl";
}

const char *os_about_init(void)
{
	return "it is launchd, which may hold the socket for a service that it starts on demand: "
	       "stop that instead (sudo launchctl bootout system/NAME)";
}

int darwin_read_process(int64_t pid, struct kinfo_proc *ret_process)
{
	int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PID, (int)pid};
	struct kinfo_proc process;
	size_t size = sizeof(process);

	/* kill(2) takes 0 and less for groups of processes: they name no process here either. */
	if (pid < 1 || pid > INT32_MAX)
		return -ESRCH;
	if (sysctl(name, sizeof(name) / sizeof(name[0]), &process, &size, NULL, 0))
		return negative_errno();
	/* No such process is success, with nothing written. */
	if (size < sizeof(process))
		return -ESRCH;
	*ret_process = process;
	return 0;
}

int64_t darwin_start_of(const struct kinfo_proc *process)
{
	struct timeval start = process->kp_proc.p_starttime;

	return (int64_t)start.tv_sec * DARWIN_MICROSECONDS + start.tv_usec;
}

int os_process_start(int64_t pid, int64_t *ret_start)
{
	struct kinfo_proc process;
	int error = darwin_read_process(pid, &process);

	if (!error)
		*ret_start = darwin_start_of(&process);
	return error;
}

int os_process_started(int64_t pid, int64_t *ret_when)
{
	return os_process_start(pid, ret_when);
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	struct kinfo_proc process;
	int error = darwin_read_process(pid, &process);

	if (error)
		return error;
	if (process.kp_eproc.e_ppid == 0)
		return -ESRCH;
	*ret_parent = process.kp_eproc.e_ppid;
	return 0;
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
	int error = check_start(pid, start);

	if (!error)
		*ret_process = (struct os_process){.pid = pid, .start = start, .handle = -1};
	return error;
}

int os_process_signal(const struct os_process *process, int signal)
{
	int error = check_start(process->pid, process->start);

	if (error)
		return error == -EEXIST ? -ESRCH : error;
	return kill((pid_t)process->pid, signal) ? negative_errno() : 0;
}

/* A zombie has let go of its sockets, and stays until its parent asks after it. */
static bool has_ended(const struct os_process *process)
{
	struct kinfo_proc now;
	int error = darwin_read_process(process->pid, &now);

	if (error)
		return error == -ESRCH;
	return darwin_start_of(&now) != process->start || now.kp_proc.p_stat == SZOMB;
}

/* kqueue(2)'s NOTE_EXIT would name a pid, and so need the same looks around it. */
int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended)
{
	enum { LOOK_AGAIN = 20 };
	int64_t deadline = os_clock() + milliseconds;

	for (;;) {
		int64_t left = deadline - os_clock();
		int ended = 0;

		for (size_t i = 0; i < count; i++) {
			ret_ended[i] = has_ended(&processes[i]);
			ended += ret_ended[i];
		}
		if (ended || left <= 0)
			return ended;
		poll(NULL, 0, left < LOOK_AGAIN ? (int)left : LOOK_AGAIN);
	}
}

void os_process_close(struct os_process *process)
{
	(void)process;
}
