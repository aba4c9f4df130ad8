/*
 * Linux: who has started a process, also where /proc is mounted with hidepid= and shows only
 * one's own.
 */
#include "os/os.h"

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "formats/proc_pid.h"

/* struct pidfd_info of linux/pidfd.h as it was first, in Linux 6.13; older headers lack it. */
struct handle_info {
	uint64_t mask;
	uint64_t cgroup;
	uint32_t pid;
	uint32_t group;
	uint32_t parent; /* 0: it is of an outer pid namespace */
	uint32_t users_and_groups[8];
	int32_t exit_code;
};

#define GET_HANDLE_INFO _IOWR(0xFF, 11, struct handle_info)
#define HANDLE_INFO_PID 1U

/* A pidfd tells everybody. */
static int read_by_handle(int64_t pid, int64_t *ret_parent)
{
	struct handle_info info = {.mask = HANDLE_INFO_PID};
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0U);
	int error;

	/* By its number, as the C libraries differ in the type of a request. */
	error = fd < 0 || syscall(SYS_ioctl, fd, (unsigned long)GET_HANDLE_INFO, &info)
		? negative_errno()
		: 0;
	if (fd >= 0)
		close(fd);
	/* Before 6.13 it can't be told; before 5.3 there are no pidfds. */
	if (error == -ENOTTY || error == -EINVAL || error == -ENOSYS)
		return -ESRCH;
	if (!error)
		*ret_parent = info.parent;
	return error;
}

static int read_by_proc(int64_t pid, int64_t *ret_parent)
{
	struct buffer content = {0};
	struct proc_stat stat = {0};
	char path[64];
	int error;

	snprintf(path, sizeof(path), "/proc/%lld/stat", (long long)pid);
	error = os_read_file_head(NULL, path, PROC_FILE_MAX, &content);
	if (!error)
		error = proc_parse_stat(buffer_bytes(&content), &stat);
	buffer_release(&content);
	if (!error)
		*ret_parent = stat.parent;
	return error;
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	int64_t parent = 0;
	int error = read_by_proc(pid, &parent);

	if (error_is_gone(error) || error_is_denied(error))
		error = read_by_handle(pid, &parent);
	if (error)
		return error;
	if (parent == 0)
		return -ESRCH;
	*ret_parent = parent;
	return 0;
}
