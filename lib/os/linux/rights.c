/*
 * Whether this process may examine all others, and what it lacks otherwise.
 */
#include "os/os.h"

#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/linux/rights.h"

/* Its inode: the kernel's PROC_USER_INIT_INO. */
#define INITIAL_USER_NAMESPACE 0xEFFFFFFDU

/* In another namespace, root's capabilities apply only to processes of that namespace. */
bool linux_is_in_initial_user_namespace(void)
{
	struct stat status;

	return stat("/proc/self/ns/user", &status) || status.st_ino == INITIAL_USER_NAMESPACE;
}

static bool has_ptrace_capability(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};

	return syscall(SYS_capget, &header, data) != 0 ||
		data[CAP_TO_INDEX(CAP_SYS_PTRACE)].effective & CAP_TO_MASK(CAP_SYS_PTRACE);
}

bool os_is_privileged(void)
{
	return geteuid() == 0 && os_has_processes() && linux_is_in_initial_user_namespace() &&
		has_ptrace_capability();
}

const char *os_how_to_get_rights(void)
{
	if (!os_has_processes())
		return "mount /proc";
	if (geteuid() != 0)
		return "use sudo";
	if (!linux_is_in_initial_user_namespace())
		return "run as root outside this user namespace";
	return "run outside the container or with CAP_SYS_PTRACE and CAP_KILL";
}
