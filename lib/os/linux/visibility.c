/*
 * What of other processes is visible here.
 */
#include "os/os.h"

#include <linux/kcmp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/linux/rights.h"

bool os_has_processes(void)
{
	/* Another file system may be mounted there, or none. */
	return access("/proc/self/stat", F_OK) == 0;
}

int64_t os_stand_in_user(void)
{
	struct stat status;

	/* The file is owned by the machine's root, who has no uid in most other namespaces. */
	if (linux_is_in_first_user_namespace() || stat("/proc/sys/kernel/overflowuid", &status) ||
		status.st_uid == 0)
		return -1;
	return status.st_uid;
}

bool os_share_descriptors(int64_t thread, int64_t other)
{
	return syscall(SYS_kcmp, (pid_t)thread, (pid_t)other, KCMP_FILES, 0UL, 0UL) == 0;
}
