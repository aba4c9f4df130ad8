/*
 * mksock [OPTION]... [SOCKET]...: like the program of this name for Linux, opens
 * the sockets that a test asks for, prints a ready line, and holds them until
 * its stdin ends.
 *
 * A SOCKET is PROTO:ADDRESS:PORT[,FLAG]..., such as tcp:127.0.0.1:0 or
 * udp:[::1]:0. PORT 0 is any free one, and = that of the first socket. tcp
 * sockets listen, udp sockets are bound. Flags:
 *
 *   v6only  IPv6 only; otherwise [::] serves IPv4 too
 *   client  with a client connected to it; udp: connected itself
 *
 * Options:
 *
 *   --window           own a window, and end when it is asked to close
 *   --stubborn-window  own a window that does not close
 *
 * The ready line: "ready", the port of each socket, the pid.
 */
#include <fcntl.h>
#include <io.h>
#include <stdbool.h>
#include <winsock2.h>
#include <ws2tcpip.h>

__attribute__((noreturn)) static void fail(const char *what)
{
	fprintf(stderr, "mksock: %s: error %d\n", what, WSAGetLastError());
	exit(2);
}

struct request {
	int type;
	union {
		struct sockaddr any;
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
	} address;
	int length;
	bool v6only;
	bool client;
};

/* Modifies the text. `first_port` is in network byte order. */
static struct request parse(char *text, u_short first_port)
{
	struct request request = {.type = SOCK_STREAM};
	char *flags = strchr(text, ',');
	char *address = strchr(text, ':');
	char *port = strrchr(text, ':');
	u_short number;

	if (!address || port == address)
		fail(text);
	if (strncmp(text, "udp", 3) == 0)
		request.type = SOCK_DGRAM;
	request.v6only = flags && strstr(flags, ",v6only");
	request.client = flags && strstr(flags, ",client");
	*port++ = '\0';
	number = *port == '=' ? first_port : htons((u_short)strtoul(port, NULL, 10));
	address++;
	if (*address == '[') {
		address[strlen(address) - 1] = '\0';
		request.address.ipv6.sin6_family = AF_INET6;
		request.address.ipv6.sin6_port = number;
		request.length = sizeof(request.address.ipv6);
		if (inet_pton(AF_INET6, address + 1, &request.address.ipv6.sin6_addr) != 1)
			fail(address);
	} else {
		request.address.ipv4.sin_family = AF_INET;
		request.address.ipv4.sin_port = number;
		request.length = sizeof(request.address.ipv4);
		if (inet_pton(AF_INET, address, &request.address.ipv4.sin_addr) != 1)
			fail(address);
	}
	return request;
}

static void connect_client(SOCKET held, const struct request *request)
{
	SOCKET client = request->type == SOCK_DGRAM
		? held
		: socket(request->address.any.sa_family, request->type, 0);

	if (client == INVALID_SOCKET || connect(client, &request->address.any, request->length))
		fail("connect");
	if (client != held && accept(held, NULL, NULL) == INVALID_SOCKET)
		fail("accept");
}

static u_short open_socket(struct request *request)
{
	SOCKET held = socket(request->address.any.sa_family, request->type, 0);
	DWORD v6only = request->v6only;

	if (held == INVALID_SOCKET)
		fail("socket");
	/* Windows' default is IPv6 only. */
	if (request->address.any.sa_family == AF_INET6 &&
		setsockopt(held, IPPROTO_IPV6, IPV6_V6ONLY, (const char *)&v6only, sizeof(v6only)))
		fail("IPV6_V6ONLY");
	if (bind(held, &request->address.any, request->length))
		fail("bind");
	if (request->type == SOCK_STREAM && listen(held, 8))
		fail("listen");
	if (getsockname(held, &request->address.any, &request->length))
		fail("getsockname");
	if (request->client)
		connect_client(held, request);
	return request->address.any.sa_family == AF_INET ? request->address.ipv4.sin_port
							 : request->address.ipv6.sin6_port;
}

static DWORD WINAPI hold(void *unused)
{
	char byte;

	(void)unused;
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	_exit(0);
}

static LRESULT CALLBACK obliging(HWND window, UINT message, WPARAM first, LPARAM second)
{
	if (message == WM_CLOSE)
		_exit(0);
	return DefWindowProcW(window, message, first, second);
}

static LRESULT CALLBACK stubborn(HWND window, UINT message, WPARAM first, LPARAM second)
{
	if (message == WM_CLOSE)
		return 0;
	return DefWindowProcW(window, message, first, second);
}

static void make_window(WNDPROC behaviour)
{
	WNDCLASSW class = {.lpfnWndProc = behaviour, .lpszClassName = L"mksock"};

	if (!RegisterClassW(&class) ||
		!CreateWindowW(class.lpszClassName, class.lpszClassName,
			WS_OVERLAPPEDWINDOW | WS_VISIBLE, 0, 0, 100, 100, NULL, NULL, NULL, NULL))
		fail("window");
}

static void serve_windows(void)
{
	MSG message;

	while (GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
}

int main(int argc, char *argv[])
{
	u_short first_port = 0;
	bool has_socket = false;
	bool has_window = false;
	WSADATA winsock;

	if (WSAStartup(MAKEWORD(2, 2), &winsock))
		fail("WSAStartup");
	_setmode(STDOUT_FILENO, _O_BINARY);
	_setmode(STDIN_FILENO, _O_BINARY);
	fputs("ready", stdout);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--window") == 0) {
			make_window(obliging);
			has_window = true;
		} else if (strcmp(argv[i], "--stubborn-window") == 0) {
			make_window(stubborn);
			has_window = true;
		} else {
			struct request request = parse(argv[i], first_port);
			u_short port = open_socket(&request);

			if (!has_socket)
				first_port = port;
			has_socket = true;
			printf(" %u", ntohs(port));
		}
	}
	printf(" %lu\n", GetCurrentProcessId());
	fflush(stdout);
	if (!has_window)
		hold(NULL);
	if (!CreateThread(NULL, 0, hold, NULL, 0, NULL))
		fail("thread");
	serve_windows();
}
