#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

bool os_is_terminal(int fd)
{
	return isatty(fd);
}

size_t os_terminal_columns(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int os_ask(const char *question)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	char first = '\0';
	char byte = '\0';
	int error;

	if (fd < 0)
		return -ENXIO;
	/* Discard what was typed before the question. */
	tcflush(fd, TCIFLUSH);
	error = os_write_all(fd, question, strlen(question));
	for (size_t i = 0; !error && byte != '\n'; i++) {
		long count = os_read(fd, &byte, 1);

		if (count <= 0)
			break;
		if (i == 0)
			first = byte;
	}
	close(fd);
	/* A line that ends with a hangup is no answer. */
	return error ? error : byte == '\n' && (first == 'y' || first == 'Y');
}
