/*
 * Which process is which.
 */
#include "os/os.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "formats/proc_pid.h"
#include "os/linux/process.h"

/* From linux/magic.h, since Linux 6.9; older headers lack it. */
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
	int fd = linux_pidfd_open(pid);
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
int os_process_identity(int64_t pid, int64_t *ret_start)
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
		error = linux_read_stat(pid, &stat);
	if (error)
		return error;
	*ret_start = (int64_t)(number_mix(number_mix(number_mix(boot) ^ stat.start) ^ inode) >>
		DROPPED_BITS);
	return 0;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_when)
{
	struct proc_stat stat;
	int error = linux_read_stat(pid, &stat);

	if (!error)
		*ret_when = (int64_t)stat.start;
	return error;
}

/* pf-collect-proc and pf-resolve read the rest from /proc, of a capture too. */
int os_process_name(int64_t pid, struct buffer *name)
{
	(void)pid;
	(void)name;
	return -ENOSYS;
}

int os_process_user(int64_t pid, struct buffer *user)
{
	(void)pid;
	(void)user;
	return -ENOSYS;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	(void)pid;
	(void)facts;
	return -ENOSYS;
}
