/*
 * pf-collect-proc: the listeners of Linux, from its kernel and /proc.
 */
#include <assert.h>
#include <errno.h>

#include "base/error.h"
#include "collector.h"
#include "formats/proc_pid.h"
#include "proc_holders.h"
#include "proc_source.h"

const char program_name[] = "pf-collect-proc";

static const char usage[] =
	"Usage: pf-collect-proc [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of Linux, from its kernel and /proc, as\n"
	"pf-listener(5) lines.\n"
	"\n" COLLECTOR_USAGE;

static int64_t creator_uid(const struct socket *socket)
{
	return socket->row.uid == SOCKET_ROW_NO_USER ? LISTENER_NONE : (int64_t)socket->row.uid;
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
		.uid = holder ? holder->uid : creator_uid(socket),
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

/* Sockets for the second walk. */
struct unheld {
	struct sockets sockets;
	bool has_new; /* some were not in the tables the first time */
};

/* Adds sockets without a known holder to *unheld, or if they are gone, their ports to `gone`. */
static int select_unheld(const struct sockets *sockets, const struct sockets *now,
	struct unheld *unheld, struct port_set gone[])
{
	int error = 0;

	for (size_t i = 0; i < sockets->count && !error; i++) {
		const struct socket *socket = &sockets->items[i];

		if (socket->holder_count)
			continue;
		if (!now || sockets_have(now, socket))
			error = sockets_add(&unheld->sockets, socket);
		else
			port_set_add_port(&gone[socket->proto], socket->row.port);
	}
	return error;
}

/*
 * A process that opens a new socket before closing the old one holds the port all the time, so a
 * socket that is gone is replaced by the new ones on its port.
 */
static int add_replacements(const struct sockets *sockets, const struct sockets *now,
	const struct port_set gone[], struct unheld *unheld)
{
	int error = 0;

	for (size_t i = 0; i < now->count && !error; i++) {
		const struct socket *socket = &now->items[i];

		if (!port_set_has(&gone[socket->proto], socket->row.port) ||
			sockets_have(sockets, socket))
			continue;
		error = sockets_add(&unheld->sockets, socket);
		unheld->has_new = true;
	}
	return error;
}

/*
 * The sockets without a known holder that still exist, or their replacements. If a table can't be
 * read, which was reported before, all of its sockets may still exist.
 */
static int find_unheld(
	const struct proc_source *source, const struct sockets *sockets, struct unheld *unheld)
{
	static struct port_set gone[PROTO_UDP + 1];
	struct sockets now = {0};
	int error = proc_source_read(source, PROBLEMS_KNOWN, &now);
	bool is_whole = !error || error == -EBADMSG;

	if (error != -ENOMEM)
		error = select_unheld(sockets, is_whole ? &now : NULL, unheld, gone);
	if (!error)
		error = add_replacements(sockets, &now, gone, unheld);
	sockets_sort(&unheld->sockets);
	sockets_release(&now);
	return error;
}

/*
 * With hidepid=2 or 4, other users' processes are not even listed; init is one of them. Its
 * directory opens once root has looked it up, but its files don't.
 */
static bool hides_processes(const struct os_directory *proc)
{
	struct buffer text = {0};
	int error = os_read_file_head(proc, "1/stat", PROC_FILE_MAX, &text);

	buffer_release(&text);
	return error_is_gone(error) || error_is_denied(error);
}

static int write_unheld(struct collector_output *output, struct sockets *sockets)
{
	int error = 0;

	sockets_sort_by_number(sockets);
	for (size_t i = 0; i < sockets->count && !error; i++)
		if (sockets->items[i].holder_count == 0)
			error = write_listener(output, &sockets->items[i], NULL);
	return error;
}

/* The first error counts; the rest is listed all the same. */
static void keep_first(int *first, int error)
{
	if (!*first)
		*first = error;
}

/*
 * A second walk for the sockets without a holder: since the tables were read, a socket may have
 * been closed, and a process that passed it on to a child may have ended. If other users' processes
 * are hidden, another walk would find no more about the same sockets.
 */
static int collect_unheld(const struct proc_source *source, struct sockets *sockets,
	const struct holders *first_walk, struct collector_output *output)
{
	bool live = !source->options->replay;
	bool is_hidden = first_walk->access_denied || (live && hides_processes(&source->proc));
	struct unheld unheld = {.has_new = false};
	struct holders holders = {0};
	int error = find_unheld(source, sockets, &unheld);

	if (error) {
		write_unheld(output, sockets);
	} else {
		if (unheld.sockets.count && (os_own_user() == 0 || !is_hidden || unheld.has_new))
			error = holders_find(
				&source->proc, live, WALK_THREADS, &unheld.sockets, &holders);
		keep_first(&error, write_held(output, &unheld.sockets, &holders));
		keep_first(&error, write_unheld(output, &unheld.sockets));
		if (is_hidden)
			collector_report_hidden(sockets_count_unheld(&unheld.sockets));
	}
	/* What fails once fails again, and counts once. */
	if (!first_walk->failure.count)
		process_failure_add(&output->failure, &holders.failure);
	holders_release(&holders);
	sockets_release(&unheld.sockets);
	return error;
}

static int collect_from(const struct proc_source *source)
{
	struct collector_output output = {.writer.fd = OS_STDOUT};
	struct sockets sockets = {0};
	struct holders holders = {0};
	int read_error = proc_source_read(source, PROBLEMS_NEW, &sockets);
	int error = 0;

	if (sockets.count)
		error = holders_find(&source->proc, !source->options->replay, WALK_PROCESSES,
			&sockets, &holders);
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
		return EXIT_ERROR;
	status = collect_from(&source);
	proc_source_close(&source);
	return status;
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, proc_source_is_usable, collect};

	return collector_run(argc, argv, &collector);
}
