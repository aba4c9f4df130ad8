/*
 * Queries the kernel's sockets over netlink(7).
 */
#include "os/os.h"

#include <linux/netlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

/*
 * The errno in a final message, or 0. The kernel rejects a request with NLMSG_ERROR, or, if it
 * notices an error only while it collects the answer, as without udp_diag, with the NLMSG_DONE of
 * an empty answer.
 */
static int read_error(const char *message, uint32_t length)
{
	int32_t error;

	if (length < NLMSG_LENGTH(sizeof(error)))
		return -EBADMSG;
	memcpy(&error, message + NLMSG_HDRLEN, sizeof(error));
	return error < 0 ? error : 0;
}

/* Returns 1 if the messages end the answer, 0 if more follow, or the kernel's error. */
static int is_last(const char *messages, size_t length)
{
	struct nlmsghdr header;
	int error;

	while (length >= sizeof(header)) {
		size_t step;

		memcpy(&header, messages, sizeof(header));
		if (header.nlmsg_len < sizeof(header) || header.nlmsg_len > length)
			return -EBADMSG;
		if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
			error = read_error(messages, header.nlmsg_len);
			if (error)
				return error;
			/* An NLMSG_ERROR of 0 is an acknowledgement, not an answer. */
			return header.nlmsg_type == NLMSG_DONE ? 1 : -EBADMSG;
		}
		step = NLMSG_ALIGN(header.nlmsg_len);
		if (step >= length)
			return 0;
		messages += step;
		length -= step;
	}
	/* A truncated message may have been the final one. */
	return -EBADMSG;
}

static int receive_answer(int fd, struct buffer *answer)
{
	/* The most that the kernel sends at a time. */
	enum { MESSAGES_MAX = 32 * 1024 };
	int status = 0;

	while (!status) {
		ssize_t count;

		if (buffer_reserve(answer, MESSAGES_MAX))
			return -ENOMEM;
		do
			count = recv(fd, answer->data + answer->length, MESSAGES_MAX, MSG_TRUNC);
		while (count < 0 && errno == EINTR);
		if (count < 0)
			return negative_errno();
		if (count == 0 || count > MESSAGES_MAX)
			return -EBADMSG;
		status = is_last(answer->data + answer->length, (size_t)count);
		answer->length += (size_t)count;
	}
	return status < 0 ? status : 0;
}

int os_sock_diag(const void *request, size_t length, struct buffer *answer)
{
	size_t before = answer->length;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	int error;

	if (fd < 0)
		return negative_errno();
	error = send(fd, request, length, 0) == (ssize_t)length ? receive_answer(fd, answer)
								: negative_errno();
	close(fd);
	if (error)
		answer->length = before;
	return error;
}

int os_interface_name(uint32_t index, char *ret_name, size_t size)
{
	char name[IF_NAMESIZE];

	if (!if_indextoname(index, name))
		return negative_errno();
	return (size_t)snprintf(ret_name, size, "%s", name) < size ? 0 : -ENAMETOOLONG;
}
