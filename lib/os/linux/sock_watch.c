/*
 * Watches for sockets that are closed: the kernel reports each socket that it destroys to the
 * multicast groups of linux/sock_diag.h, which any user may join (NL_CFG_F_NONROOT_RECV in
 * net/core/sock_diag.c).
 */
#include "os/os.h"

#include <linux/filter.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

/* Offsets of the ports in a message. They are in network order, which BPF_ABS loads convert. */
enum {
	SOURCE_PORT_AT = NLMSG_HDRLEN + offsetof(struct inet_diag_msg, id.idiag_sport),
	DESTINATION_PORT_AT = NLMSG_HDRLEN + offsetof(struct inet_diag_msg, id.idiag_dport),
};

/*
 * Makes the kernel drop messages except for sockets on these ports without a peer: a server closes
 * thousands of connections on the port that it listens on.
 */
static int attach_filter(int fd, uint16_t low, uint16_t high)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, DESTINATION_PORT_AT),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 4),
		BPF_STMT(BPF_LD | BPF_H | BPF_ABS, SOURCE_PORT_AT),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, low, 0, 2),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, high, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	const struct sock_fprog filter = {sizeof(steps) / sizeof(steps[0]), steps};

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter))
		? negative_errno()
		: 0;
}

static int join_groups(int fd, bool tcp, bool udp)
{
	struct sockaddr_nl address = {.nl_family = AF_NETLINK};

	if (tcp)
		address.nl_groups |= 1U << (SKNLGRP_INET_TCP_DESTROY - 1) |
			1U << (SKNLGRP_INET6_TCP_DESTROY - 1);
	if (udp)
		address.nl_groups |= 1U << (SKNLGRP_INET_UDP_DESTROY - 1) |
			1U << (SKNLGRP_INET6_UDP_DESTROY - 1);
	return bind(fd, (const struct sockaddr *)&address, sizeof(address)) ? negative_errno() : 0;
}

int os_sockets_watch_open(bool tcp, bool udp, uint16_t low, uint16_t high, int *ret_watch)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
	int error;

	if (fd < 0)
		return negative_errno();
	error = attach_filter(fd, low, high);
	if (!error)
		error = join_groups(fd, tcp, udp);
	if (error) {
		close(fd);
		return error;
	}
	*ret_watch = fd;
	return 0;
}

/* Returns 1 if there were messages, else 0, or an error. */
static int drain(int fd)
{
	int count = 0;
	char byte;

	/* ENOBUFS: messages were lost; that counts as one received. */
	while (recv(fd, &byte, sizeof(byte), 0) >= 0 || errno == ENOBUFS)
		count = 1;
	return errno == EAGAIN ? count : negative_errno();
}

int os_sockets_watch_wait(int watch, int64_t milliseconds)
{
	struct pollfd message = {.fd = watch, .events = POLLIN};
	int64_t deadline = os_clock() + milliseconds;

	for (;;) {
		int64_t left = deadline - os_clock();
		int gone;

		if (left < 0)
			left = 0;
		if (poll(&message, 1, (int)left) < 0 && errno != EINTR)
			return negative_errno();
		gone = drain(watch);
		if (gone || left == 0)
			return gone;
	}
}

void os_sockets_watch_close(int watch)
{
	close(watch);
}
