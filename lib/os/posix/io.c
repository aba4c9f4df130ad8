#include "os/os.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
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

static bool is_pipe(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* No event tells of data that was read, so this looks again and again. */
int os_await_reader(int fd, int64_t milliseconds)
{
	enum { PAUSE_MILLISECONDS = 2 };
	const int64_t start = os_clock();

	while (is_pipe(fd)) {
		struct pollfd reader = {.fd = fd};
		int unread = 0;

		if (poll(&reader, 1, 0) > 0 && (reader.revents & POLLERR))
			return -EPIPE;
		if (ioctl(fd, FIONREAD, &unread) || unread == 0 ||
			os_clock() - start >= milliseconds)
			break;
		os_pause(PAUSE_MILLISECONDS);
	}
	return 0;
}
