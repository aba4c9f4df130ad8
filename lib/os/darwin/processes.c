/*
 * Reads processes with sysctl(3)'s KERN_PROC_PID, which works for every process; libproc's
 * proc_pidinfo() needs root for other users' processes.
 */
#include "os/os.h"

#include <sys/sysctl.h>
#include <unistd.h>

#include "base/error.h"
#include "os/darwin/process.h"

int darwin_read_process(int64_t pid, struct kinfo_proc *ret_process)
{
	int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PID, (int)pid};
	struct kinfo_proc process;
	size_t size = sizeof(process);

	/* To kill(2), 0 and negative numbers are process groups. */
	if (pid < 1 || pid > INT32_MAX)
		return -ESRCH;
	if (sysctl(name, sizeof(name) / sizeof(name[0]), &process, &size, NULL, 0))
		return negative_errno();
	/* If there is no such process, sysctl(3) succeeds and writes nothing. */
	if (size < sizeof(process))
		return -ESRCH;
	*ret_process = process;
	return 0;
}

int64_t darwin_identity_of(const struct kinfo_proc *process)
{
	struct timeval start = process->kp_proc.p_starttime;

	return (int64_t)start.tv_sec * DARWIN_MICROSECONDS + start.tv_usec;
}

int os_process_identity(int64_t pid, int64_t *ret_identity)
{
	struct kinfo_proc process;
	int error = darwin_read_process(pid, &process);

	if (!error)
		*ret_identity = darwin_identity_of(&process);
	return error;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_ticks)
{
	return os_process_identity(pid, ret_ticks);
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
