/*
 * supervise SERVICE [--wait MILLISECONDS] COMMAND...: restarts the command MILLISECONDS after
 * it has ended, until stdin ends. The tests give it the names of real supervisors through
 * links. Only the first run has its stdout, for a ready line.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(2);
}

/* Waits that long for the end of stdin; true if it has ended. */
static bool has_ended(int milliseconds)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&input, 1, milliseconds) > 0;
}

static void run(char *argv[], bool is_first)
{
	pid_t pid = fork();

	if (pid < 0)
		fail("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		if (!is_first)
			dup2(null, STDOUT_FILENO);
		execvp(argv[0], argv);
		fail(argv[0]);
	}
	while (waitpid(pid, NULL, 0) < 0)
		if (errno != EINTR)
			fail("waitpid");
}

int main(int argc, char *argv[])
{
	bool is_first = true;
	char **command = argv + 2;
	int wait = 0;

	if (argc > 4 && strcmp(argv[2], "--wait") == 0) {
		wait = (int)strtol(argv[3], NULL, 10);
		command += 2;
	}
	if (command >= argv + argc) {
		fprintf(stderr, "usage: supervise SERVICE [--wait MILLISECONDS] COMMAND...\n");
		return 2;
	}
	do {
		run(command, is_first);
		is_first = false;
	} while (!has_ended(wait));
	return 0;
}
