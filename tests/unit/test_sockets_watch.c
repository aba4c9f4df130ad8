#include "os/os.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

const char program_name[] = "test";

/* Long enough for any machine: news that doesn't come fails, whatever it is. */
enum { LONG = 60 * 1000 };

/* A socket on a free port of the loopback interface; -1 where there is no such family here. */
static int listen_on(int family, int type, uint16_t *ret_port)
{
	struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_in ipv4 = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr *address = family == AF_INET6 ? (struct sockaddr *)&ipv6
						      : (struct sockaddr *)&ipv4;
	socklen_t length = family == AF_INET6 ? sizeof(ipv6) : sizeof(ipv4);
	int fd = socket(family, type, 0);

	if (fd < 0 || bind(fd, address, length)) {
		assert_int_equal(family, AF_INET6);
		close(fd);
		return -1;
	}
	assert_int_equal(getsockname(fd, address, &length), 0);
	if (type == SOCK_STREAM)
		assert_int_equal(listen(fd, 1), 0);
	*ret_port = ntohs(family == AF_INET6 ? ipv6.sin6_port : ipv4.sin_port);
	return fd;
}

/* Watches; where this OS tells nobody, the test is skipped. */
static int watch(bool tcp, bool udp, uint16_t low, uint16_t high)
{
	int watch = -7;
	int error = os_sockets_watch_open(tcp, udp, low, high, &watch);

	if (error) {
		assert_int_equal(watch, -7);
		skip();
	}
	return watch;
}

static void check_end(int family, int type)
{
	uint16_t port = 0;
	int fd = listen_on(family, type, &port);
	int news;

	if (fd < 0)
		return;
	news = watch(type == SOCK_STREAM, type == SOCK_DGRAM, port, port);
	assert_int_equal(os_sockets_watch_wait(news, 0), 0);
	close(fd);
	assert_int_equal(os_sockets_watch_wait(news, LONG), 1);
	assert_int_equal(os_sockets_watch_wait(news, 0), 0);
	os_sockets_watch_close(news);
}
#define check_end(...) UNIT_AT(check_end(__VA_ARGS__))

TEST(the_end_of_a_listener_is_reported_of_every_kind)
{
	check_end(AF_INET, SOCK_STREAM);
	check_end(AF_INET, SOCK_DGRAM);
	check_end(AF_INET6, SOCK_STREAM);
	check_end(AF_INET6, SOCK_DGRAM);
}

TEST(the_end_of_a_listener_is_reported_when_its_holder_is_killed)
{
	uint16_t port = 0;
	int fd = listen_on(AF_INET, SOCK_STREAM, &port);
	int news = watch(true, true, port, port);
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		/* Nor is it left behind where the test fails. */
		alarm(LONG / 1000);
		pause();
		_exit(0);
	}
	/* The child holds it still. */
	close(fd);
	assert_int_equal(os_sockets_watch_wait(news, 0), 0);
	kill(child, SIGKILL);
	assert_int_equal(os_sockets_watch_wait(news, LONG), 1);
	assert_int_equal(waitpid(child, NULL, 0), child);
	os_sockets_watch_close(news);
}

static void end_connection(int server, uint16_t port)
{
	const struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int client = socket(AF_INET, SOCK_STREAM, 0);
	int accepted;

	assert_int_equal(connect(client, (const struct sockaddr *)&address, sizeof(address)), 0);
	accepted = accept(server, NULL, NULL);
	assert_true(accepted >= 0);
	close(client);
	close(accepted);
}
#define end_connection(...) UNIT_AT(end_connection(__VA_ARGS__))

/* Or a busy server would have the ports looked at without a pause. */
TEST(neither_the_connections_of_a_server_are_reported_of_nor_other_ports)
{
	uint16_t port = 0;
	uint16_t other_port = 0;
	int fd = listen_on(AF_INET, SOCK_STREAM, &port);
	int other = listen_on(AF_INET, SOCK_STREAM, &other_port);
	int news = watch(true, true, port, port);
	int other_news = watch(true, true, other_port, other_port);

	for (int i = 0; i < 10; i++)
		end_connection(fd, port);
	close(other);
	/* What came before this has come by then. */
	assert_int_equal(os_sockets_watch_wait(other_news, LONG), 1);
	assert_int_equal(os_sockets_watch_wait(news, 0), 0);
	close(fd);
	assert_int_equal(os_sockets_watch_wait(news, LONG), 1);
	os_sockets_watch_close(news);
	os_sockets_watch_close(other_news);
}

TEST(a_range_has_its_first_and_its_last_port_and_none_beside)
{
	/* What is beside, first; it has come when the news of the port itself has. */
	const int beside[][2] = {{1, 2}, {-2, -1}};
	const int within[][2] = {{0, 0}, {0, 2}, {-2, 0}, {-1, 1}};
	int watches[COUNT(beside) + COUNT(within)];
	size_t count = 0;
	uint16_t port = 0;
	int fd = listen_on(AF_INET, SOCK_STREAM, &port);

	for (size_t i = 0; i < COUNT(beside); i++)
		watches[count++] = watch(true, false, (uint16_t)(port + beside[i][0]),
			(uint16_t)(port + beside[i][1]));
	for (size_t i = 0; i < COUNT(within); i++)
		watches[count++] = watch(true, false, (uint16_t)(port + within[i][0]),
			(uint16_t)(port + within[i][1]));
	close(fd);
	for (size_t i = COUNT(beside); i < count; i++)
		assert_int_equal(os_sockets_watch_wait(watches[i], LONG), 1);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(os_sockets_watch_wait(watches[i], 0), 0);
		os_sockets_watch_close(watches[i]);
	}
}

TEST(a_protocol_that_was_not_asked_for_is_not_told_of)
{
	uint16_t port = 0;
	int fd = listen_on(AF_INET, SOCK_DGRAM, &port);
	int news = watch(true, false, port, port);
	int both = watch(true, true, port, port);

	close(fd);
	assert_int_equal(os_sockets_watch_wait(both, LONG), 1);
	assert_int_equal(os_sockets_watch_wait(news, 0), 0);
	os_sockets_watch_close(news);
	os_sockets_watch_close(both);
}

TEST(where_there_is_no_news_the_time_goes_by_in_full)
{
	enum { SHORT = 20 };
	int64_t start;
	int news;

	start = os_clock();
	os_pause(SHORT);
	assert_true(os_clock() - start >= SHORT);
	news = watch(true, true, 1, 1);
	start = os_clock();
	assert_int_equal(os_sockets_watch_wait(news, SHORT), 0);
	assert_true(os_clock() - start >= SHORT);
	os_sockets_watch_close(news);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_end_of_a_listener_is_reported_of_every_kind),
		cmocka_unit_test(the_end_of_a_listener_is_reported_when_its_holder_is_killed),
		cmocka_unit_test(
			neither_the_connections_of_a_server_are_reported_of_nor_other_ports),
		cmocka_unit_test(a_range_has_its_first_and_its_last_port_and_none_beside),
		cmocka_unit_test(a_protocol_that_was_not_asked_for_is_not_told_of),
		cmocka_unit_test(where_there_is_no_news_the_time_goes_by_in_full),
	};

	return cmocka_run_group_tests_name("sockets_watch", tests, NULL, NULL);
}
