/*
 * netns COMMAND...: runs a command in a network namespace of its own, with the
 * loopback interface up and nothing else in it, and PF_NETNS=1 in its
 * environment. An ordinary user gets one through a user namespace. If the
 * machine allows neither, PF_NETNS_WHY has the reason instead of PF_NETNS.
 */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t length = (ssize_t)strlen(text);
	int failed;

	if (fd < 0)
		return -1;
	failed = write(fd, text, (size_t)length) != length;
	close(fd);
	return failed ? -1 : 0;
}

static int map_id(const char *path, unsigned id)
{
	char map[64];

	snprintf(map, sizeof(map), "0 %u 1", id);
	return write_file(path, map);
}

static int enter_namespace(void)
{
	unsigned uid = geteuid();
	unsigned gid = getegid();

	if (unshare(CLONE_NEWNET) == 0)
		return 0;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET))
		return -1;
	if (write_file("/proc/self/setgroups", "deny"))
		return -1;
	return map_id("/proc/self/uid_map", uid) || map_id("/proc/self/gid_map", gid);
}

static int raise_loopback(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int failed;

	if (fd < 0)
		return -1;
	failed = ioctl(fd, SIOCSIFFLAGS, &request);
	close(fd);
	return failed;
}

int main(int argc, char *argv[])
{
	if (argc < 2) {
		fputs("usage: netns COMMAND...\n", stderr);
		return 2;
	}
	if (enter_namespace() || raise_loopback())
		setenv("PF_NETNS_WHY", strerror(errno), 1);
	else
		setenv("PF_NETNS", "1", 1);
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 127;
}
