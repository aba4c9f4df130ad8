/*
 * macOS has no handle that refers to a process: the identity of the pid is checked right before
 * each signal, and each time that a process is examined.
 */
#include "os/os.h"

#include <poll.h>
#include <signal.h>
#include <sys/sysctl.h>

#include "base/error.h"
#include "os/darwin/process.h"

static int check_identity(int64_t pid, int64_t identity)
{
	int64_t now;
	int error = os_process_identity(pid, &now);

	if (error)
		return error;
	return now == identity ? 0 : -EEXIST;
}

int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process)
{
	int error = check_identity(pid, identity);

	if (!error)
		*ret_process = (struct os_process){.pid = pid, .identity = identity, .handle = -1};
	return error;
}

int os_process_signal(const struct os_process *process, int signal)
{
	int error = check_identity(process->pid, process->identity);

	if (error)
		return error == -EEXIST ? -ESRCH : error;
	return kill((pid_t)process->pid, signal) ? negative_errno() : 0;
}

/* A zombie has closed its sockets, and stays until its parent reaps it. */
static bool has_ended(const struct os_process *process)
{
	struct kinfo_proc now;
	int error = darwin_read_process(process->pid, &now);

	if (error)
		return error == -ESRCH;
	return darwin_identity_of(&now) != process->identity || now.kp_proc.p_stat == SZOMB;
}

/* kqueue(2)'s NOTE_EXIT takes a pid, and would need the same checks. */
int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended)
{
	enum { POLL_INTERVAL = 20 };
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
		poll(NULL, 0, left < POLL_INTERVAL ? (int)left : POLL_INTERVAL);
	}
}

void os_process_close(struct os_process *process)
{
	(void)process;
}
