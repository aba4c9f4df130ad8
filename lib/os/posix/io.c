/*
 * Reading and writing descriptors.
 */
#include "os/os.h"

#include <poll.h>
#include <unistd.h>

#include "base/error.h"

/*
 * Whether the call that has just failed is to be made again: it was interrupted, or whoever
 * shares the descriptor has made it one that doesn't wait, and then we do.
 */
static bool is_to_be_repeated(int fd, short event)
{
	struct pollfd wanted = {.fd = fd, .events = event};

	if (errno == EAGAIN)
		return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
	return errno == EINTR;
}

long os_read(int fd, void *data, size_t size)
{
	ssize_t count;

	do
		count = read(fd, data, size);
	while (count < 0 && is_to_be_repeated(fd, POLLIN));
	return count < 0 ? negative_errno() : count;
}

bool os_has_input(int fd)
{
	struct pollfd input = {.fd = fd, .events = POLLIN};

	return poll(&input, 1, 0) > 0;
}

int os_write_all(int fd, const void *data, size_t length)
{
	const char *at = data;

	while (length) {
		ssize_t count = write(fd, at, length);

		if (count < 0 && is_to_be_repeated(fd, POLLOUT))
			continue;
		if (count < 0)
			return negative_errno();
		at += count;
		length -= (size_t)count;
	}
	return 0;
}
