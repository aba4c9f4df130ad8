/*
 * crowd [OPTION VALUE]...: starts processes with many descriptors, prints a ready line, and keeps
 * them running until end of file on stdin.
 *
 *   --processes N    how many; the other numbers are per process
 *   --sockets N      TCP sockets, neither bound nor connected
 *   --files N        descriptors of /dev/null
 *   --connections N  TCP connections over loopback, both ends of each
 *   --listeners N    listening TCP sockets, each on its own port
 *   --from PORT      the lowest of these ports; the first process has the first N
 *   --lowest PORT    the process with the lowest pid also listens here
 *   --highest PORT   likewise the one with the highest
 *
 * The ready line: "ready", the lowest pid, the highest, all pids in the order of their start.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ, WRITE };

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(2);
}

struct load {
	unsigned processes;
	unsigned sockets;
	unsigned files;
	unsigned connections;
	unsigned listeners;
	unsigned from;
	unsigned lowest;
	unsigned highest;
};

/* Shared by all processes; the pids are set before the first process continues. */
struct shared {
	pid_t lowest;
	pid_t highest;
	pid_t pids[];
};

/* Waits for end of file, so that a dead parent releases its children too. */
struct pipes {
	int start[2];
	int ready[2];
	int life[2];
};

static struct load parse(int argc, char *argv[])
{
	struct load load = {.processes = 1};
	const struct {
		const char *name;
		unsigned *value;
	} options[] = {
		{"--processes", &load.processes},
		{"--sockets", &load.sockets},
		{"--files", &load.files},
		{"--connections", &load.connections},
		{"--listeners", &load.listeners},
		{"--from", &load.from},
		{"--lowest", &load.lowest},
		{"--highest", &load.highest},
	};
	enum { COUNT = sizeof(options) / sizeof(options[0]) };

	for (int i = 1; i + 1 < argc; i += 2) {
		int at = 0;

		while (at < COUNT && strcmp(options[at].name, argv[i]) != 0)
			at++;
		if (at == COUNT) {
			fprintf(stderr, "crowd: %s: no such option\n", argv[i]);
			exit(2);
		}
		*options[at].value = (unsigned)strtoul(argv[i + 1], NULL, 10);
	}
	return load;
}

/* An ordinary user can't exceed the hard limit: use more processes instead. */
static void allow_descriptors(const struct load *load)
{
	struct rlimit limit;
	rlim_t wanted = load->sockets + load->files + 2 * (rlim_t)load->connections +
		load->listeners + 32;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		fail("RLIMIT_NOFILE");
	if (limit.rlim_cur < wanted)
		limit.rlim_cur = wanted;
	if (limit.rlim_max < wanted)
		limit.rlim_max = wanted;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		fail("RLIMIT_NOFILE");
}

static int open_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		fail("socket");
	return fd;
}

static int open_listener(struct sockaddr_in *address)
{
	socklen_t length = sizeof(*address);
	int fd = open_socket();

	if (bind(fd, (struct sockaddr *)address, length) || listen(fd, 8) ||
		getsockname(fd, (struct sockaddr *)address, &length))
		fail("listening");
	return fd;
}

static void open_listener_on(unsigned port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

	open_listener(&address);
}

/*
 * Each process uses its own address: one address and port can be the peer of only as many
 * connections as there are ephemeral ports, about 28,000.
 */
static void open_connections(unsigned count, unsigned index)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f010001 + index)};
	int listener = count ? open_listener(&address) : -1;

	for (unsigned i = 0; i < count; i++) {
		int fd = open_socket();

		if (connect(fd, (struct sockaddr *)&address, sizeof(address)) ||
			accept(listener, NULL, NULL) < 0)
			fail("connecting");
	}
	if (count)
		close(listener);
}

static void open_all(const struct load *load, const struct shared *shared, unsigned index)
{
	for (unsigned i = 0; i < load->sockets; i++)
		open_socket();
	for (unsigned i = 0; i < load->files; i++)
		if (open("/dev/null", O_RDONLY) < 0)
			fail("/dev/null");
	open_connections(load->connections, index);
	for (unsigned i = 0; i < load->listeners; i++)
		open_listener_on(load->from + index * load->listeners + i);
	if (load->lowest && getpid() == shared->lowest)
		open_listener_on(load->lowest);
	if (load->highest && getpid() == shared->highest)
		open_listener_on(load->highest);
}

static void wait_for_end(int fd)
{
	char byte;
	ssize_t count;

	do
		count = read(fd, &byte, 1);
	while (count > 0 || (count < 0 && errno == EINTR));
}

__attribute__((noreturn)) static void be_one(const struct load *load, const struct shared *shared,
	const struct pipes *pipes, unsigned index)
{
	close(pipes->start[WRITE]);
	close(pipes->ready[READ]);
	close(pipes->life[WRITE]);
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	wait_for_end(pipes->start[READ]);
	close(pipes->start[READ]);
	open_all(load, shared, index);
	if (write(pipes->ready[WRITE], "", 1) != 1)
		fail("the parent");
	close(pipes->ready[WRITE]);
	wait_for_end(pipes->life[READ]);
	_exit(0);
}

static void start_all(const struct load *load, struct shared *shared, const struct pipes *pipes)
{
	for (unsigned i = 0; i < load->processes; i++) {
		pid_t pid = fork();

		if (pid < 0)
			fail("fork");
		if (pid == 0)
			be_one(load, shared, pipes, i);
		shared->pids[i] = pid;
		/* Pids wrap around: the first process may not have the lowest. */
		if (i == 0 || pid < shared->lowest)
			shared->lowest = pid;
		if (pid > shared->highest)
			shared->highest = pid;
	}
}

static bool are_ready(const struct pipes *pipes, unsigned count)
{
	char bytes[256];
	ssize_t length;

	while (count && (length = read(pipes->ready[READ], bytes, sizeof(bytes))) > 0)
		count -= (unsigned)length;
	return count == 0;
}

int main(int argc, char *argv[])
{
	const struct load load = parse(argc, argv);
	const size_t size = sizeof(struct shared) + load.processes * sizeof(pid_t);
	struct shared *shared = mmap(
		NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct pipes pipes;

	if (shared == MAP_FAILED || pipe(pipes.start) || pipe(pipes.ready) || pipe(pipes.life))
		fail("crowd");
	allow_descriptors(&load);
	start_all(&load, shared, &pipes);
	close(pipes.ready[WRITE]);
	close(pipes.start[WRITE]);
	if (are_ready(&pipes, load.processes)) {
		printf("ready %d %d", shared->lowest, shared->highest);
		for (unsigned i = 0; i < load.processes; i++)
			printf(" %d", shared->pids[i]);
		puts("");
		fflush(stdout);
		wait_for_end(STDIN_FILENO);
	}
	close(pipes.life[WRITE]);
	for (unsigned i = 0; i < load.processes; i++)
		wait(NULL);
	return 0;
}
