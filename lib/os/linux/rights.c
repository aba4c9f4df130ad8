/*
 * Whether this process may look into all others, and what it lacks if not.
 */
#include "os/os.h"

#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The inode of the one that the machine started with: PROC_USER_INIT_INO of the kernel. */
#define FIRST_USER_NAMESPACE 0xEFFFFFFDU

bool os_has_processes(void)
{
	/* Another file system may be mounted there, or none. */
	return access("/proc/self/stat", F_OK) == 0;
}

/* The capabilities of such a root hold for what was started in its namespace. */
static bool is_in_first_user_namespace(void)
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
	return geteuid() == 0 && os_has_processes() && is_in_first_user_namespace() &&
		may_look_into_processes();
}

const char *os_how_to_get_rights(void)
{
	if (!os_has_processes())
		return "mount /proc";
	if (geteuid() != 0)
		return "run with sudo";
	if (!is_in_first_user_namespace())
		return "run as root outside this user namespace";
	return "run outside the container or with CAP_SYS_PTRACE and CAP_KILL";
}

const char *os_what_hides_from_root(void)
{
	return "it is the kernel's, or a security module keeps this root from looking into other "
	       "processes";
}

int64_t os_stand_in_user(void)
{
	struct stat status;

	/* The file is of the machine's root, who has a number in few namespaces but the first. */
	if (is_in_first_user_namespace() || stat("/proc/sys/kernel/overflowuid", &status) ||
		status.st_uid == 0)
		return -1;
	return status.st_uid;
}
