/*
 * pf-collect-netstat: the listeners of Windows, from netstat -ano.
 */
#include "collector.h"
#include "net_tcp_table.h"
#include "netstat_source.h"
#include "os/os.h"
#include "windows_netstat.h"

const char program_name[] = "pf-collect-netstat";

static const char usage[] =
	"Usage: pf-collect-netstat [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of Windows, from netstat -ano, as pf-listener(5)\n"
	"lines.\n"
	"\n" COLLECTOR_USAGE
	"A capture is a directory, a file of the output of netstat -ano or PowerShell's\n"
	"Get-NetTCPConnection, or - for standard input.\n"
	"PF_NETSTAT=PATH: the netstat to run; default: that of Windows.\n"
	"PF_NETSTAT_TIMEOUT=SECS: its time limit; default: 20.\n";

/* Every Windows kernel has this pid, and tasklist calls it System in every language. */
enum { KERNEL_PID = 4 };

struct reading {
	const struct collector_options *options;
	int64_t started; /* netstat */
	struct collector_output output;
	struct malformed_lines malformed;
	struct windows_netstat_row row; /* pending: a line after it may name its owner */
	bool has_row;
	size_t without_pid; /* lines written without a pid: the text has no such column */
};

/* Writes the pending row if it was requested. Returns 0 or a negative errno. */
static int write_row(struct reading *reading, struct bytes command)
{
	const struct windows_netstat_row *row = &reading->row;
	struct listener listener = {
		.proto = row->endpoint.proto,
		.address = row->endpoint.address,
		.port = row->endpoint.port,
		.pid = row->pid,
		.command = command,
		.uid = LISTENER_NONE,
		.fd = LISTENER_NONE,
		.inode = LISTENER_NONE,
	};

	if (!reading->has_row)
		return 0;
	reading->has_row = false;
	if (!collector_wants_proto(reading->options, listener.proto) ||
		!port_set_wants(&reading->options->ports, listener.port))
		return 0;
	if (!command.data && row->pid == KERNEL_PID)
		listener.command = bytes_of("System");
	if (!row->has_pid)
		reading->without_pid++;
	listener.pid_start = collector_find_identity(&reading->output, row->pid, reading->started);
	return collector_write(&reading->output, &listener);
}

static int read_rows(struct reading *reading, struct bytes text)
{
	struct net_tcp_table table = {0};
	int error = 0;

	for (size_t number = 1; text.data && !error; number++) {
		struct windows_netstat_row row;
		const char *why;
		struct bytes line = bytes_cut(&text, '\n');
		struct bytes command;
		enum parse_result result = windows_netstat_parse_row(line, &row, &why);

		if (result == PARSE_SKIP && !windows_netstat_is_row(line))
			result = net_tcp_table_parse_line(&table, line, &row, &why);
		if (windows_netstat_parse_owner(line, &command) == 0)
			error = write_row(reading, command);
		else if (result != PARSE_SKIP || windows_netstat_is_row(line))
			error = write_row(reading, (struct bytes){0});
		if (result == PARSE_RECORD) {
			reading->row = row;
			reading->has_row = true;
		} else if (result == PARSE_MALFORMED) {
			malformed_lines_report(&reading->malformed, number, why);
		}
	}
	return error ? error : write_row(reading, (struct bytes){0});
}

static int collect(const struct collector_options *options)
{
	struct netstat_source source;
	int source_error = netstat_source_read(options, &source);
	struct reading reading = {
		.options = options,
		.started = source.started,
		.output = {.writer.fd = OS_STDOUT},
		.malformed = {.root = "", .name = "netstat"},
	};
	int error = read_rows(&reading, buffer_bytes(&source.text));

	if (!error && reading.without_pid)
		diag("netstat: the text has no pids: netstat -ano shows them");
	netstat_source_release(&source);
	return collector_finish(
		&reading.output, "netstat", error, source_error || reading.malformed.count);
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, netstat_source_is_usable, collect};

	return collector_run(argc, argv, &collector);
}
