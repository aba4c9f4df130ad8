/*
 * without WHAT COMMAND...: runs a command to which the kernel refuses WHAT, as in
 * a sandbox, through a seccomp(2) filter. WHAT is
 *
 *   netlink   sockets of AF_NETLINK
 *   threads   threads and processes
 *   pidfds    handles of processes, which Linux has since 5.3
 *
 * Its exit status is 125 if the machine has no such filters.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	NUMBER = offsetof(struct seccomp_data, nr),
	/* The half of the 64-bit argument that holds an int. */
	FIRST_ARGUMENT = offsetof(struct seccomp_data, args) +
		(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0),
};

#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define IF(value, steps_if, steps_else)                                                            \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, steps_if, steps_else)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter netlink[] = {
	LOAD(NUMBER),
	IF(SYS_socket, 0, 3),
	LOAD(FIRST_ARGUMENT),
	IF(AF_NETLINK, 0, 1),
	REFUSE(EAFNOSUPPORT),
	ALLOW,
};

static struct sock_filter threads[] = {
	LOAD(NUMBER),
	IF(SYS_clone3, 1, 0),
	IF(SYS_clone, 0, 1),
	REFUSE(EAGAIN),
	ALLOW,
};

static struct sock_filter pidfds[] = {
	LOAD(NUMBER),
	IF(SYS_pidfd_open, 0, 1),
	REFUSE(ENOSYS),
	ALLOW,
};

static struct sock_fprog find_program(const char *what)
{
	if (strcmp(what, "netlink") == 0)
		return (struct sock_fprog){sizeof(netlink) / sizeof(netlink[0]), netlink};
	if (strcmp(what, "threads") == 0)
		return (struct sock_fprog){sizeof(threads) / sizeof(threads[0]), threads};
	if (strcmp(what, "pidfds") == 0)
		return (struct sock_fprog){sizeof(pidfds) / sizeof(pidfds[0]), pidfds};
	return (struct sock_fprog){0, NULL};
}

int main(int argc, char *argv[])
{
	struct sock_fprog program;

	if (argc < 3 || !find_program(argv[1]).filter) {
		fputs("usage: without netlink | threads | pidfds COMMAND...\n", stderr);
		return 2;
	}
	program = find_program(argv[1]);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0)) {
		perror("seccomp");
		return 125;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
