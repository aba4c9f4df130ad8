/*
 * The identity and the parent of a process, from /proc and pidfds.
 */
#include "os/os.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "formats/proc_pid.h"
#include "os/linux/process.h"

/* In linux/magic.h since Linux 6.9. */
#define PID_FS_MAGIC 0x50494446

static int read_pid_file(int64_t pid, const char *name, struct buffer *content)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lld/%s", (long long)pid, name);
	return os_read_file_head(NULL, path, PROC_FILE_MAX, content);
}

int linux_read_stat(int64_t pid, struct proc_stat *ret_stat)
{
	struct buffer content = {0};
	int error = read_pid_file(pid, "stat", &content);

	if (!error)
		error = proc_parse_stat(buffer_bytes(&content), ret_stat);
	buffer_release(&content);
	return error == -ENOENT ? -ESRCH : error;
}

int linux_pidfd_open(int64_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0U);

	return fd < 0 ? negative_errno() : fd;
}

/*
 * The pids in /proc are those of the pid namespace that /proc was mounted in; kill(2) uses our own
 * namespace. If these differ, the same number means two processes. "NSpid:" lists our pids from the
 * one namespace to the other (proc(5)).
 */
static int compare_namespaces(void)
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
	/* Without /proc, reading the process fails next. */
	return error_is_gone(error) || error_is_denied(error) ? 0 : error;
}

int linux_check_pid_namespace(void)
{
	/* It never changes, and identities are asked for by the thousand. */
	static _Atomic int known = 1;
	int error = known;

	if (error == 1) {
		error = compare_namespaces();
		if (!error || error == -EXDEV)
			known = error;
	}
	return error;
}

/*
 * A part of the identity that this machine never provides is 0. One that fails only this time is an
 * error: the same process would otherwise get another identity.
 */
static int ignore_unsupported(int error)
{
	return error_is_gone(error) || error_is_denied(error) || error == -ENOSYS ||
			error == -EINVAL
		? 0
		: error;
}

/*
 * The process's inode in pidfs, unique within a boot; 0 if there is no pidfs, or if the pid is
 * another process's to pidfd_open(2).
 */
static int pidfs_inode(int64_t pid, uint64_t *ret_inode)
{
	int error = linux_check_pid_namespace();
	int fd = error ? error : linux_pidfd_open(pid);
	struct statfs filesystem;
	struct stat status;

	*ret_inode = 0;
	if (error == -EXDEV)
		return 0;
	if (fd < 0)
		return ignore_unsupported(fd);
	if (fstatfs(fd, &filesystem) || fstat(fd, &status))
		error = negative_errno();
	/* Before Linux 6.9, all pidfds share one anonymous inode. */
	else if (filesystem.f_type == PID_FS_MAGIC)
		*ret_inode = status.st_ino;
	close(fd);
	return error;
}

/* Distinguishes one boot from the next. */
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
	return ignore_unsupported(error);
}

/*
 * Start ticks alone aren't enough: within a tick of 10 ms a pid can be reused on purpose, and after
 * a reboot the same services get about the same pids and ticks.
 */
int os_process_identity(int64_t pid, int64_t *ret_identity)
{
	/* Leaves 53 bits, which jq and JavaScript represent exactly. */
	enum { DROPPED_BITS = 11 };
	uint64_t inode;
	uint64_t boot;
	struct proc_stat stat;
	int error = pidfs_inode(pid, &inode);

	if (!error)
		error = boot_number(&boot);
	if (!error)
		error = linux_read_stat(pid, &stat);
	if (error)
		return error;
	*ret_identity = (int64_t)(number_mix(number_mix(number_mix(boot) ^ stat.start) ^ inode) >>
		DROPPED_BITS);
	return 0;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_ticks)
{
	struct proc_stat stat;
	int error = linux_read_stat(pid, &stat);

	if (!error)
		*ret_ticks = (int64_t)stat.start;
	return error;
}

/* struct pidfd_info of linux/pidfd.h as introduced in Linux 6.13. */
struct first_pidfd_info {
	uint64_t mask;
	uint64_t cgroup;
	uint32_t pid;
	uint32_t group;
	uint32_t parent; /* 0: in an outer pid namespace */
	uint32_t users_and_groups[8];
	int32_t exit_code;
};

#define GET_INFO _IOWR(0xFF, 11, struct first_pidfd_info)
#define INFO_PID 1U

/* Works for every user, even if /proc is mounted with hidepid=, from Linux 6.13 on. */
static int read_parent_by_pidfd(int64_t pid, int64_t *ret_parent)
{
	struct first_pidfd_info info = {.mask = INFO_PID};
	int fd = linux_pidfd_open(pid);
	int error = fd < 0 ? fd : 0;

	/* syscall(2), because C libraries differ in the type of ioctl(2)'s request. */
	if (fd >= 0 && syscall(SYS_ioctl, fd, (unsigned long)GET_INFO, &info))
		error = negative_errno();
	if (fd >= 0)
		close(fd);
	/* Before 6.13 there is no such request, before 5.3 no pidfd. */
	if (error == -ENOTTY || error == -EINVAL || error == -ENOSYS)
		return -ESRCH;
	if (!error)
		*ret_parent = info.parent;
	return error;
}

int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	struct proc_stat stat;
	int64_t parent = 0;
	int error = linux_read_stat(pid, &stat);

	if (!error)
		parent = stat.parent;
	else if (error_is_gone(error) || error_is_denied(error))
		error = read_parent_by_pidfd(pid, &parent);
	if (error)
		return error;
	if (parent == 0)
		return -ESRCH;
	*ret_parent = parent;
	return 0;
}
