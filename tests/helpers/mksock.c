/*
 * mksock [OPTION]... [SOCKET]... [-- COMMAND...]: opens the sockets that a test
 * asks for, prints a ready line, and holds them until its stdin ends, or until
 * COMMAND ends, whose exit status it then returns.
 *
 * A SOCKET is PROTO:ADDRESS:PORT[,FLAG]..., such as tcp:127.0.0.1:0,
 * udp:[::1]:0 or tcp:[fe80::1%lo]:0. PORT 0 is any free one, and = that of the first socket. tcp
 * sockets listen, udp sockets are bound, connect is a TCP client. Flags:
 *
 *   v6only     IPv6 only; otherwise [::] serves IPv4 too
 *   reuseport  shares its port with other sockets of the kind
 *   ring       held by an io_uring alone, without a descriptor
 *   sent       held by a message alone that nobody has received
 *   lo         bound to the interface lo (SO_BINDTODEVICE)
 *   dup        also held by a second descriptor
 *   client     with a client connected to it; udp: connected itself
 *
 * Options:
 *
 *   --name NAME     the process's name, at most 15 bytes of any kind
 *   --forks N       children that share the sockets
 *   --ignore-term   live on after SIGTERM
 *   --threads-only  end the main thread; another one holds the sockets
 *   --own-table     another thread holds the sockets, in its own descriptor table
 *   --rotate        open a socket like the first one and close the previous one, forever
 *   --rest          ignore the remaining arguments, which only appear in the command line
 *
 * The ready line: "ready", the port of each socket, the pid of each child.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	perror(what);
	exit(2);
}

struct request {
	int type;
	union {
		struct sockaddr any;
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
	} address;
	socklen_t length;
	bool v6only;
	bool reuseport;
	bool lo;
	bool ring;
	bool sent;
	bool dup;
	bool client;
	bool connects;
};

static bool has_flag(const char *flags, const char *flag)
{
	const char *at = flags ? strstr(flags, flag) : NULL;

	return at && at[-1] == ',' && (at[strlen(flag)] == ',' || at[strlen(flag)] == '\0');
}

static void set_address(struct request *request, char *address, in_port_t port)
{
	char *zone = strchr(address, '%');

	request->address.any.sa_family = AF_INET;
	request->length = sizeof(request->address.ipv4);
	if (inet_pton(AF_INET, address, &request->address.ipv4.sin_addr) == 1) {
		request->address.ipv4.sin_port = port;
		return;
	}
	request->address.any.sa_family = AF_INET6;
	request->length = sizeof(request->address.ipv6);
	if (zone) {
		*zone = '\0';
		request->address.ipv6.sin6_scope_id = if_nametoindex(zone + 1);
	}
	if (inet_pton(AF_INET6, address, &request->address.ipv6.sin6_addr) != 1)
		fail(address);
	request->address.ipv6.sin6_port = port;
}

/* `first_port` is in network byte order. */
static struct request parse(const char *argument, in_port_t first_port)
{
	struct request request = {0};
	char *text = strdup(argument); /* modified here, while the tests read the arguments */
	char *flags = text ? strchr(text, ',') : NULL;
	char *address = text ? strchr(text, ':') : NULL;
	char *port = text ? strrchr(text, ':') : NULL;

	if (!text || !address || port == address)
		fail(argument);
	request.type = strncmp(text, "udp", 3) == 0 ? SOCK_DGRAM : SOCK_STREAM;
	request.connects = strncmp(text, "connect", 7) == 0;
	request.v6only = has_flag(flags, "v6only");
	request.reuseport = has_flag(flags, "reuseport");
	request.ring = has_flag(flags, "ring");
	request.sent = has_flag(flags, "sent");
	request.lo = has_flag(flags, "lo");
	request.dup = has_flag(flags, "dup");
	request.client = has_flag(flags, "client");
	*port++ = '\0';
	address++;
	if (*address == '[') {
		address++;
		address[strlen(address) - 1] = '\0';
	}
	set_address(&request, address,
		*port == '=' ? first_port : htons((uint16_t)strtoul(port, NULL, 10)));
	free(text);
	return request;
}

static void connect_client(int fd, const struct request *request)
{
	int client = request->type == SOCK_DGRAM
		? fd
		: socket(request->address.any.sa_family, request->type, 0);

	if (client < 0 || connect(client, &request->address.any, request->length))
		fail("connect");
	if (client != fd && accept(fd, NULL, NULL) < 0)
		fail("accept");
}

static in_port_t port_of(const struct request *request)
{
	return request->address.any.sa_family == AF_INET ? request->address.ipv4.sin_port
							 : request->address.ipv6.sin6_port;
}

/* io_uring_setup(2), io_uring_register(2): IORING_REGISTER_FILES. The numbers are everywhere these.
 */
static void give_to_ring(int fd)
{
	enum { SETUP = 425, REGISTER = 427, REGISTER_FILES = 2 };
	uint64_t parameters[15] = {0};
	long ring = syscall(SETUP, 1, parameters);

	if (ring < 0 || syscall(REGISTER, ring, REGISTER_FILES, &fd, 1))
		fail("io_uring");
	close(fd);
}

static void give_to_message(int fd)
{
	char byte = 0;
	struct iovec content = {.iov_base = &byte, .iov_len = 1};
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.room = {0}};
	struct msghdr message = {
		.msg_iov = &content,
		.msg_iovlen = 1,
		.msg_control = control.room,
		.msg_controllen = sizeof(control.room),
	};
	int pair[2];

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(int));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) || sendmsg(pair[0], &message, 0) < 0)
		fail("sendmsg");
	close(fd);
}

/* Returns the descriptor, and sets the port in the request. */
static int open_socket(struct request *request)
{
	int fd = socket(request->address.any.sa_family, request->type, 0);
	int v6only = request->v6only;
	int on = 1;

	if (fd < 0)
		fail("socket");
	if (request->address.any.sa_family == AF_INET6 &&
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, sizeof(v6only)))
		fail("IPV6_V6ONLY");
	if (request->reuseport && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)))
		fail("SO_REUSEPORT");
	if (request->lo && setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", sizeof("lo")))
		fail("SO_BINDTODEVICE");
	if (request->connects && connect(fd, &request->address.any, request->length))
		fail("connect");
	if (!request->connects && bind(fd, &request->address.any, request->length))
		fail("bind");
	if (!request->connects && request->type == SOCK_STREAM && listen(fd, 8))
		fail("listen");
	if (getsockname(fd, &request->address.any, &request->length))
		fail("getsockname");
	if (request->dup && dup(fd) < 0)
		fail("dup");
	if (request->client)
		connect_client(fd, request);
	if (request->ring)
		give_to_ring(fd);
	if (request->sent)
		give_to_message(fd);
	return fd;
}

/* The port is always held, by a changing socket. */
__attribute__((noreturn)) static void rotate(struct request *request, int fd)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

	while (poll(&input, 1, 0) == 0) {
		int before = fd;

		fd = open_socket(request);
		close(before);
	}
	exit(0);
}

static void wait_for_end_of_stdin(void)
{
	char byte;
	ssize_t count;

	do
		count = read(STDIN_FILENO, &byte, 1);
	while (count > 0 || (count < 0 && errno == EINTR));
}

static void *hold(void *unused)
{
	(void)unused;
	wait_for_end_of_stdin();
	_exit(0);
}

static void *hold_apart(void *own)
{
	if (unshare(CLONE_FILES))
		fail("unshare");
	sem_post(own);
	return hold(NULL);
}

/* Closes all sockets, which are the descriptors from first_fd up, except in the thread. */
static void give_to_thread(int first_fd)
{
	pthread_t thread;
	sem_t own;
	int error;

	if (sem_init(&own, 0, 0) || pthread_create(&thread, NULL, hold_apart, &own))
		fail("a thread");
	do
		error = sem_wait(&own);
	while (error && errno == EINTR);
	while (close(first_fd) == 0)
		first_fd++;
}

static void start_children(unsigned long count)
{
	for (unsigned long i = 0; i < count; i++) {
		pid_t child = fork();

		if (child < 0)
			fail("fork");
		if (child == 0) {
			/* The reader of the ready line must see its end. */
			close(STDOUT_FILENO);
			hold(NULL);
		}
		printf(" %d", child);
	}
}

__attribute__((noreturn)) static void run(char *command[])
{
	int status;
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (child == 0) {
		execvp(command[0], command);
		fail(command[0]);
	}
	if (waitpid(child, &status, 0) < 0)
		fail("waitpid");
	exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int main(int argc, char *argv[])
{
	unsigned long forks = 0;
	bool threads_only = false;
	bool own_table = false;
	bool rotates = false;
	struct request first = {.address.any.sa_family = AF_INET};
	int first_fd = -1;
	char **command = NULL;
	pthread_t thread;

	fputs("ready", stdout);
	for (int i = 1; i < argc && argv[i] && !command && strcmp(argv[i], "--rest") != 0; i++) {
		if (strcmp(argv[i], "--name") == 0 && argv[i + 1]) {
			prctl(PR_SET_NAME, argv[++i]);
		} else if (strcmp(argv[i], "--forks") == 0 && argv[i + 1]) {
			forks = strtoul(argv[++i], NULL, 10);
		} else if (strcmp(argv[i], "--ignore-term") == 0) {
			signal(SIGTERM, SIG_IGN);
		} else if (strcmp(argv[i], "--threads-only") == 0) {
			threads_only = true;
		} else if (strcmp(argv[i], "--own-table") == 0) {
			own_table = true;
		} else if (strcmp(argv[i], "--rotate") == 0) {
			rotates = true;
		} else if (strcmp(argv[i], "--") == 0) {
			command = argv + i + 1;
		} else {
			struct request request = parse(argv[i], port_of(&first));
			int fd = open_socket(&request);

			if (first_fd < 0) {
				first = request;
				first_fd = fd;
			}
			printf(" %u", ntohs(port_of(&request)));
		}
	}
	fflush(stdout);
	start_children(forks);
	if (own_table)
		give_to_thread(first_fd);
	puts("");
	fflush(stdout);
	if (command && command[0])
		run(command);
	if (rotates)
		rotate(&first, first_fd);
	if (threads_only) {
		if (pthread_create(&thread, NULL, hold, NULL))
			fail("pthread_create");
		pthread_exit(NULL);
	}
	hold(NULL);
}
