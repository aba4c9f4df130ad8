#include "os/os.h"

#include <poll.h>
#include <unistd.h>

#include "base/error.h"

/*
 * True after EINTR, and after EAGAIN once the descriptor is ready: another process that shares it
 * may have set O_NONBLOCK.
 */
static bool must_retry(int fd, short event)
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
	while (count < 0 && must_retry(fd, POLLIN));
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

		if (count < 0 && must_retry(fd, POLLOUT))
			continue;
		if (count < 0)
			return negative_errno();
		at += count;
		length -= (size_t)count;
	}
	return 0;
}
