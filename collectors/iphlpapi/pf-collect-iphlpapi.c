/*
 * pf-collect-iphlpapi: the listeners of Windows, from the IP Helper API.
 */
#include <errno.h>

#include "collector.h"
#include "ip_table.h"
#include "os/os.h"

const char program_name[] = "pf-collect-iphlpapi";

static const char usage[] =
	"Usage: pf-collect-iphlpapi [-tu] [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of Windows, from the IP Helper API, as\n"
	"pf-listener(5) lines.\n"
	"\n" COLLECTOR_USAGE
	"There are no captures of this source: netstat's are for pf-collect-netstat.\n";

static int write_row(
	struct collector_output *output, const struct ip_table_row *row, int64_t own_start)
{
	const struct listener listener = {
		.proto = row->endpoint.proto,
		.address = row->endpoint.address,
		.port = row->endpoint.port,
		.pid = row->pid,
		.pid_start = collector_find_identity(output, row->pid, own_start),
		.uid = LISTENER_NONE,
		.fd = LISTENER_NONE,
		.inode = LISTENER_NONE,
	};

	return collector_write(output, &listener);
}

static int write_table(struct collector_output *output, const struct collector_options *options,
	struct ip_table *table)
{
	int64_t own_start = 0;
	struct ip_table_row row;
	int error = os_process_start_ticks(os_own_pid(), &own_start);

	if (error)
		own_start = error;
	error = 0;
	while (!error && ip_table_next(table, &row))
		if (port_set_wants(&options->ports, row.endpoint.port))
			error = write_row(output, &row, own_start);
	return error;
}

/* Reads one table and writes its requested sockets. Reports errors. */
static int collect_table(struct collector_output *output, const struct collector_options *options,
	enum listener_proto proto, enum address_family family)
{
	bool is_udp = proto == PROTO_UDP;
	struct buffer bytes = {0};
	struct ip_table table;
	int error = 0;

	if (!collector_wants_proto(options, proto))
		return 0;
	error = os_windows_sockets(is_udp, family == FAMILY_IPV6, &bytes);
	if (!error)
		error = ip_table_begin(buffer_bytes(&bytes), proto, family, &table);
	/* A machine without IPv6 has no such table. */
	if (error == -ENOSYS && family == FAMILY_IPV6)
		error = 0;
	else if (!error)
		error = write_table(output, options, &table);
	if (error && error != output->writer.error)
		diag("%s: %s", is_udp ? "GetExtendedUdpTable" : "GetExtendedTcpTable",
			diag_error(error));
	buffer_release(&bytes);
	return error;
}

static int collect(const struct collector_options *options)
{
	struct collector_output output = {.writer.fd = OS_STDOUT};
	bool failed = false;

	if (options->replay)
		return program_wrong_usage("--replay",
			"this source has no captures: replay netstat's with pf-collect-netstat");
	for (int proto = PROTO_TCP; proto <= PROTO_UDP; proto++) {
		for (int family = FAMILY_IPV4; family <= FAMILY_IPV6; family++) {
			int error = collect_table(&output, options, (enum listener_proto)proto,
				(enum address_family)family);

			failed = failed || (error && error != -EPIPE);
		}
	}
	/* Errors of tables were already reported. */
	return collector_finish(&output, "IP Helper API", 0, failed);
}

/* --probe */
static bool is_usable(const struct collector_options *options)
{
	return !options->replay;
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, is_usable, collect};

	return collector_run(argc, argv, &collector);
}
