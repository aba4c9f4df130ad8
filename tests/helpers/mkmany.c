/*
 * mkmany [--PART N]...: plays a machine under load, or a part of it, until its stdin
 * ends. Each socket listens on a free port of 127.0.0.1. The parts:
 *
 *   --shared N       N listeners of this process, which its children inherit
 *   --children N     N child processes
 *   --descriptors N  N more descriptors in each child, half of them sockets
 *   --each N         N listeners of its own in each child, after these descriptors
 *   --ends N         likewise, but only in the first and the last child
 *   --twice N        if not 0, listeners of a child also have a lower descriptor
 *   --connections N  N connections to the first shared listener, both ends in this process
 *
 * The ready line: "ready", and PORT:PID:FD for each process that holds a listener,
 * FD being the lowest descriptor.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SHARED, CHILDREN, DESCRIPTORS, EACH, ENDS, TWICE, CONNECTIONS, PARTS };

static const char *const part_names[PARTS] = {
	"--shared", "--children", "--descriptors", "--each", "--ends", "--twice", "--connections"};

struct listening {
	int fd;
	unsigned port;
};

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(2);
}

static int checked(int result, const char *what)
{
	if (result < 0)
		fail(what);
	return result;
}

static void raise_limit(void)
{
	struct rlimit limit;

	checked(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
	limit.rlim_cur = limit.rlim_max;
	checked(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

static struct sockaddr_in address_of(unsigned port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((in_port_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

static struct listening open_listener(bool twice)
{
	struct sockaddr_in address = address_of(0);
	socklen_t length = sizeof(address);
	int lower = twice ? checked(open("/dev/null", O_RDONLY), "/dev/null") : -1;
	int fd = checked(socket(AF_INET, SOCK_STREAM, 0), "socket");

	checked(bind(fd, (const struct sockaddr *)&address, length), "bind");
	checked(listen(fd, 128), "listen");
	checked(getsockname(fd, (struct sockaddr *)&address, &length), "getsockname");
	if (twice)
		checked(dup2(fd, lower), "dup2");
	return (struct listening){twice ? lower : fd, ntohs(address.sin_port)};
}

static void connect_to(const struct listening *listener, unsigned long count)
{
	/* Reset on close, so that no port stays in TIME_WAIT. */
	const struct linger none = {.l_onoff = 1};
	struct sockaddr_in address = address_of(listener->port);

	while (count--) {
		int client = checked(socket(AF_INET, SOCK_STREAM, 0), "socket");

		checked(connect(client, (const struct sockaddr *)&address, sizeof(address)),
			"connect");
		checked(setsockopt(client, SOL_SOCKET, SO_LINGER, &none, sizeof(none)), "linger");
		checked(accept(listener->fd, NULL, NULL), "accept");
	}
}

/* Up to PIPE_BUF bytes in one write, so that the output of several processes doesn't mix. */
static void tell(const struct listening *listeners, unsigned long count)
{
	enum { LONGEST = sizeof(" 65535:4294967295:4294967295") };
	char text[4096];
	size_t length = 0;

	for (unsigned long i = 0; i < count; i++) {
		length += (size_t)snprintf(text + length, sizeof(text) - length, " %u:%d:%d",
			listeners[i].port, getpid(), listeners[i].fd);
		if (i + 1 == count || length + LONGEST > sizeof(text)) {
			if (write(STDOUT_FILENO, text, length) != (ssize_t)length)
				fail("write");
			length = 0;
		}
	}
}

static void open_and_tell(unsigned long count, bool twice)
{
	for (unsigned long i = 0; i < count; i++) {
		struct listening listener = open_listener(twice);

		tell(&listener, 1);
	}
}

static void wait_for_end_of_stdin(void)
{
	char byte;
	ssize_t count;

	do
		count = read(STDIN_FILENO, &byte, 1);
	while (count > 0 || (count < 0 && errno == EINTR));
}

/* The child's end of `gate` closes once everything is set up. */
__attribute__((noreturn)) static void be_child(const unsigned long parts[PARTS],
	const struct listening *shared, bool is_end, const int gate[2])
{
	checked(close(gate[0]), "close");
	tell(shared, parts[SHARED]);
	for (unsigned long i = 0; i < parts[DESCRIPTORS]; i++)
		checked(i % 2 ? socket(AF_UNIX, SOCK_STREAM, 0) : open("/dev/null", O_RDONLY),
			"descriptors");
	open_and_tell(parts[EACH] + (is_end ? parts[ENDS] : 0), parts[TWICE]);
	close(STDOUT_FILENO);
	close(gate[1]);
	wait_for_end_of_stdin();
	_exit(0);
}

static void start_children(const unsigned long parts[PARTS], const struct listening *shared)
{
	int gate[2];
	char byte;

	checked(pipe(gate), "pipe");
	for (unsigned long i = 0; i < parts[CHILDREN]; i++)
		if (checked(fork(), "fork") == 0)
			be_child(parts, shared, i == 0 || i + 1 == parts[CHILDREN], gate);
	close(gate[1]);
	if (read(gate[0], &byte, 1) != 0)
		fail("read");
	close(gate[0]);
}

static void take_arguments(char *argv[], unsigned long ret_parts[PARTS])
{
	for (; argv[0] && argv[1]; argv += 2) {
		int part = 0;

		while (part < PARTS && strcmp(argv[0], part_names[part]) != 0)
			part++;
		if (part == PARTS)
			fail(argv[0]);
		ret_parts[part] = strtoul(argv[1], NULL, 10);
	}
}

int main(int argc, char *argv[])
{
	unsigned long parts[PARTS] = {0};
	struct listening *shared;

	(void)argc;
	take_arguments(argv + 1, parts);
	raise_limit();
	shared = calloc(parts[SHARED] + 1, sizeof(*shared));
	if (!shared)
		fail("calloc");
	for (unsigned long i = 0; i < parts[SHARED]; i++)
		shared[i] = open_listener(false);
	if (write(STDOUT_FILENO, "ready", 5) != 5)
		fail("write");
	tell(shared, parts[SHARED]);
	start_children(parts, shared);
	if (parts[CONNECTIONS])
		connect_to(shared, parts[CONNECTIONS]);
	if (write(STDOUT_FILENO, "\n", 1) != 1)
		fail("write");
	free(shared);
	wait_for_end_of_stdin();
	while (wait(NULL) > 0)
		;
	return 0;
}
