/*
 * Whether this process may examine all others, and if not, what it lacks.
 */
#include "os/os.h"

#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/linux/rights.h"

/* The inode of the initial one: the kernel's PROC_USER_INIT_INO. */
#define FIRST_USER_NAMESPACE 0xEFFFFFFDU

/* The capabilities of such a root hold for what was started in its namespace. */
bool linux_is_in_first_user_namespace(void)
{
	struct stat status;

	return stat("/proc/self/ns/user", &status) || status.st_ino == FIRST_USER_NAMESPACE;
}

static bool may_look_into_processes(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {0};

	return syscall(SYS_capget, &header, data) != 0 ||
		data[CAP_TO_INDEX(CAP_SYS_PTRACE)].effective & CAP_TO_MASK(CAP_SYS_PTRACE);
}

bool os_is_privileged(void)
{
	return geteuid() == 0 && os_has_processes() && linux_is_in_first_user_namespace() &&
		may_look_into_processes();
}

const char *os_how_to_get_rights(void)
{
	if (!os_has_processes())
		return "mount /proc";
	if (geteuid() != 0)
		return "use sudo";
	if (!linux_is_in_first_user_namespace())
		return "run as root outside this user namespace";
	return "run outside the container or with CAP_SYS_PTRACE and CAP_KILL";
}
