/*
 * What this process can see of others.
 */
#include "os/os.h"

#include <linux/kcmp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/linux/process.h"
#include "os/linux/rights.h"

bool os_has_processes(void)
{
	/* There may be no file system at /proc, or another one. */
	return access("/proc/self/stat", F_OK) == 0;
}

int64_t os_overflow_uid(void)
{
	struct stat status;

	/* The machine's root, unmapped in most other namespaces, owns this file. */
	if (linux_is_in_initial_user_namespace() || stat("/proc/sys/kernel/overflowuid", &status) ||
		status.st_uid == 0)
		return -1;
	return status.st_uid;
}

bool os_share_descriptors(int64_t thread, int64_t other)
{
	return linux_check_pid_namespace() == 0 &&
		syscall(SYS_kcmp, (pid_t)thread, (pid_t)other, KCMP_FILES, 0UL, 0UL) == 0;
}
