/*
 * storm CHILDREN: plays a busy machine. Until stdin ends, that many processes start others that
 * end immediately, and open and close listening sockets on any port. Prints "ready" once all of
 * them have begun.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(2);
}

static void open_and_close(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	/* If no port is left, try again. */
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		(void)listen(fd, 1);
	close(fd);
}

static void start_and_end(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		open_and_close();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

__attribute__((noreturn)) static void rage(void)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

	while (poll(&input, 1, 0) == 0) {
		start_and_end();
		open_and_close();
	}
	_exit(0);
}

int main(int argc, char *argv[])
{
	long children = argc == 2 ? strtol(argv[1], NULL, 10) : 0;

	prctl(PR_SET_NAME, "storm");
	for (long i = 0; i < children; i++) {
		pid_t pid = fork();

		if (pid < 0)
			fail("fork");
		if (pid == 0)
			rage();
	}
	puts("ready");
	fflush(stdout);
	for (long i = 0; i < children; i++)
		(void)wait(NULL);
	return 0;
}
