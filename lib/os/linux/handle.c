/*
 * Refers to a process by a pidfd, on Linux 5.3 and later.
 */
#include "os/os.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "os/linux/process.h"

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
	struct os_process process = {.pid = pid, .identity = identity};
	int error = linux_check_pid_namespace();

	if (!os_has_processes())
		return -ENOSYS;
	if (error)
		return error;
	/* Other numbers are process groups to kill(2), or overflow pid_t. */
	if (pid < 1 || pid > INT32_MAX)
		return -ESRCH;
	/*
	 * Open the pidfd before the check: if the check then finds the identity, the pidfd can't
	 * refer to an earlier or later process.
	 */
	error = linux_pidfd_open(pid);
	if (error < 0 && error != -ENOSYS && error != -EPERM)
		return error;
	process.handle = error;
	error = check_identity(pid, identity);
	if (error) {
		os_process_close(&process);
		return error;
	}
	*ret_process = process;
	return 0;
}

/* Before Linux 5.3 there are no pidfds: check right before the signal. */
static int signal_without_handle(const struct os_process *process, int signal)
{
	int error = check_identity(process->pid, process->identity);

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
	int error = check_identity(process->pid, process->identity);

	if (!error)
		error = linux_read_stat(process->pid, &stat);
	/* A process that can't be read hasn't ended. */
	if (error)
		return error == -ESRCH || error == -EEXIST;
	return stat.state == 'Z';
}

/* `polls` is NULL unless all processes have a pidfd. */
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

/* Waits until a process has ended; without pidfds, checks every POLL_INTERVAL milliseconds. */
static int wait_for_one(const struct os_process *processes, struct pollfd *polls, size_t count,
	int64_t milliseconds, bool *ret_ended)
{
	enum { POLL_INTERVAL = 20 };
	int64_t deadline = os_clock() + milliseconds;

	for (;;) {
		int64_t left = deadline - os_clock();
		int ended;

		if (left < 0)
			left = 0;
		if (poll(polls, polls ? count : 0,
			    polls || left < POLL_INTERVAL ? (int)left : POLL_INTERVAL) < 0 &&
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
