/*
 * pf-collect-proc: the listeners of Linux, from its kernel and /proc.
 */
#include <assert.h>
#include <errno.h>

#include "collector.h"
#include "proc_holders.h"
#include "proc_source.h"

const char program_name[] = "pf-collect-proc";

static const char usage[] =
	"Usage: pf-collect-proc [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of Linux, from its kernel and /proc, as\n"
	"pf-listener(5) lines.\n"
	"\n" COLLECTOR_USAGE;

static int64_t creator(const struct socket *socket)
{
	return socket->row.uid == PROC_NET_NO_USER ? LISTENER_NONE : (int64_t)socket->row.uid;
}

static int write_listener(
	struct collector_output *output, const struct socket *socket, const struct holder *holder)
{
	struct listener listener = {
		.proto = socket->proto,
		.address = socket->row.address,
		.port = socket->row.port,
		.pid = holder ? holder->pid : LISTENER_NONE,
		.pid_start = holder ? holder->start : LISTENER_NONE,
		.uid = holder ? holder->uid : creator(socket),
		.fd = holder ? holder->fd : LISTENER_NONE,
		.v6only = socket->row.v6only,
		.inode = socket->row.inode ? (int64_t)socket->row.inode : LISTENER_NONE,
	};

	return collector_write(output, &listener);
}

static int write_held(
	struct collector_output *output, const struct sockets *sockets, struct holders *holders)
{
	int error = 0;

	holders_sort(holders);
	assert(holders->count == 0 || sockets->items);
	for (size_t i = 0; i < holders->count && !error; i++)
		error = write_listener(
			output, &sockets->items[holders->items[i].socket], &holders->items[i]);
	return error;
}

/*
 * Those of `sockets` that nobody was found to hold, and that are still there. Of
 * a table that can't be read, and so was said before, all might still be.
 */
static int find_unheld(
	const struct proc_source *source, const struct sockets *sockets, struct sockets *unheld)
{
	struct sockets now = {0};
	int error = proc_source_read(source, PROBLEMS_KNOWN, &now);
	bool is_whole = !error || error == -EBADMSG;

	if (error != -ENOMEM)
		error = 0;
	for (size_t i = 0; i < sockets->count && !error; i++) {
		struct socket socket = sockets->items[i];
		bool is_there = !is_whole || sockets_have(&now, &socket);

		if (is_there && socket.holder_count == 0)
			error = sockets_add(unheld, &socket);
	}
	sockets_release(&now);
	return error;
}

/* With hidepid=2 the processes of others are not even listed, init among them. */
static bool hides_processes(const struct os_directory *proc)
{
	struct os_directory init;
	int error = os_directory_open(&init, proc, "1");

	if (!error)
		os_directory_close(&init);
	return error == -ENOENT;
}

static int write_unheld(struct collector_output *output, struct sockets *sockets)
{
	int error = 0;

	sockets_sort_as_found(sockets);
	for (size_t i = 0; i < sockets->count && !error; i++)
		if (sockets->items[i].holder_count == 0)
			error = write_listener(output, &sockets->items[i], NULL);
	return error;
}

/* What went wrong first: that counts, and the rest is told all the same. */
static void keep_first(int *first, int error)
{
	if (!*first)
		*first = error;
}

/*
 * A second look at the sockets without a holder: between the two reads a socket
 * may have been closed, and a process that passed it on to a child may have
 * ended. To an ordinary user whom others' processes are hidden from, another
 * walk would tell no more.
 */
static int collect_unheld(const struct proc_source *source, struct sockets *sockets,
	const struct holders *first_look, struct collector_output *output)
{
	bool live = !source->options->replay;
	bool is_hidden = first_look->access_denied || (live && hides_processes(&source->proc));
	struct sockets unheld = {0};
	struct holders holders = {0};
	int error = find_unheld(source, sockets, &unheld);

	if (error) {
		write_unheld(output, sockets);
	} else {
		if (unheld.count && (os_own_user() == 0 || !is_hidden))
			error = holders_find(&source->proc, live, &unheld, &holders);
		keep_first(&error, write_held(output, &unheld, &holders));
		keep_first(&error, write_unheld(output, &unheld));
		if (is_hidden)
			collector_say_hidden(sockets_count_unheld(&unheld));
	}
	process_failure_add(&output->failure, &holders.failure);
	holders_release(&holders);
	sockets_release(&unheld);
	return error;
}

static int collect_from(const struct proc_source *source)
{
	struct collector_output output = {.writer.fd = OS_STDOUT};
	struct sockets sockets = {0};
	struct holders holders = {0};
	int read_error = proc_source_read(source, PROBLEMS_SAID, &sockets);
	int error = 0;

	if (sockets.count)
		error = holders_find(&source->proc, !source->options->replay, &sockets, &holders);
	keep_first(&error, write_held(&output, &sockets, &holders));
	if (sockets_count_unheld(&sockets))
		keep_first(&error, collect_unheld(source, &sockets, &holders, &output));
	process_failure_add(&output.failure, &holders.failure);
	holders_release(&holders);
	sockets_release(&sockets);
	return collector_finish(&output, "/proc", error, read_error);
}

static int collect(const struct collector_options *options)
{
	struct proc_source source;
	int status;

	if (proc_source_open(options, &source))
		return EXIT_TROUBLE;
	status = collect_from(&source);
	proc_source_close(&source);
	return status;
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, proc_source_is_usable, collect};

	return collector_run(argc, argv, &collector);
}
