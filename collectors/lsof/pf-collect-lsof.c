/*
 * pf-collect-lsof: the listeners of any Unix with lsof.
 */
#include "bsd_netstat.h"
#include "lsof_listing.h"
#include "lsof_source.h"
#include "os/os.h"

const char program_name[] = "pf-collect-lsof";

static const char usage[] =
	"Usage: pf-collect-lsof [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of macOS, a BSD or another Unix, from lsof, as\n"
	"pf-listener(5) lines.\n"
	"\n" COLLECTOR_USAGE
	"A capture is a directory, a file of lsof -F output, or - for standard input.\n"
	"PF_LSOF_TIMEOUT=SECS: the time limit of lsof; default: 20.\n";

struct reading {
	const struct collector_options *options;
	struct lsof_listing *listing;
	struct malformed_lines malformed;
};

/* Handles a parser's result for a line. Returns 0 or -ENOMEM. */
static int handle_result(struct reading *reading, enum parse_result result, size_t line_number,
	const struct lsof_socket *socket, const char *why)
{
	if (result == PARSE_MALFORMED)
		malformed_lines_report(&reading->malformed, line_number, why);
	if (result != PARSE_RECORD ||
		!collector_wants_proto(reading->options, socket->endpoint.proto) ||
		!port_set_wants(&reading->options->ports, socket->endpoint.port))
		return 0;
	return lsof_listing_add(reading->listing, socket);
}

/* Fields end in newlines, or with -F0 in NULs. */
static struct bytes next_field(struct bytes *rest)
{
	size_t length = 0;
	struct bytes field;

	while (length < rest->length && rest->data[length] != '\n' && rest->data[length] != '\0')
		length++;
	field = (struct bytes){rest->data, length};
	*rest = length < rest->length ? bytes_skip(*rest, length + 1) : (struct bytes){0};
	return field;
}

/* Parses one field, or the empty one that ends the last file. */
static int read_field(
	struct reading *reading, struct lsof_parser *parser, struct bytes field, size_t line_number)
{
	struct lsof_socket socket;
	const char *why = NULL;
	enum parse_result result = lsof_parse_field(parser, field, &socket, &why);

	return handle_result(reading, result, line_number, &socket, why);
}

static int read_lsof(struct reading *reading, struct bytes text)
{
	struct lsof_parser parser = LSOF_PARSER_START;
	size_t number = 1;
	int error = 0;

	for (; text.length && !error; number++) {
		struct bytes field = next_field(&text);

		/* With -F0, the newline after a file's last NUL leaves an empty field. */
		if (field.length)
			error = read_field(reading, &parser, field, number);
	}
	return error ? error : read_field(reading, &parser, (struct bytes){0}, number);
}

static int read_netstat(struct reading *reading, struct bytes text)
{
	int error = 0;

	for (size_t number = 1; text.data && !error; number++) {
		struct lsof_socket socket = {
			.process = {.pid = LISTENER_NONE, .uid = LISTENER_NONE},
			.fd = LISTENER_NONE};
		const char *why = NULL;
		enum parse_result result;

		result = bsd_netstat_parse_row(bytes_cut(&text, '\n'), &socket.endpoint, &why);
		error = handle_result(reading, result, number, &socket, why);
	}
	return error;
}

static int write_socket(
	struct collector_output *output, const struct lsof_socket *socket, int64_t start)
{
	struct buffer command = {0};
	struct listener listener = {
		.proto = socket->endpoint.proto,
		.address = socket->endpoint.address,
		.port = socket->endpoint.port,
		.pid = socket->process.pid,
		.pid_start = start,
		.uid = socket->process.uid,
		.user = socket->process.user,
		.fd = socket->fd,
		.inode = LISTENER_NONE,
	};
	int error = buffer_reserve(&command, 1);

	if (!error)
		error = lsof_unescape(&command, socket->process.command);
	if (socket->process.command.data)
		listener.command = buffer_bytes(&command);
	if (!error)
		error = collector_write(output, &listener);
	buffer_release(&command);
	return error;
}

static int write_all(struct collector_output *output, const struct lsof_source *source,
	const struct lsof_listing *listing)
{
	int64_t pid = LISTENER_NONE;
	int64_t start = LISTENER_NONE;
	int error = 0;

	for (size_t i = 0; i < listing->count && !error; i++) {
		const struct lsof_socket *socket = &listing->items[i];

		if (socket->process.pid != pid) {
			pid = socket->process.pid;
			start = collector_find_identity(output, pid, source->started);
		}
		error = write_socket(output, socket, start);
	}
	return error;
}

/* Without netstat, hidden sockets are not even known to exist. */
static void report_incomplete(
	const struct collector_options *options, const struct lsof_source *source, size_t hidden)
{
	if (options->replay)
		return;
	if (source->has_netstat)
		collector_report_hidden(hidden);
	else if (!os_is_privileged())
		diag("lsof shows only your own processes; %s to see all", os_how_to_get_rights());
}

static int collect(const struct collector_options *options)
{
	struct collector_output output = {.writer.fd = OS_STDOUT};
	struct lsof_listing listing = {0};
	struct lsof_source source;
	struct reading lsof = {options, &listing, {.root = "", .name = "lsof"}};
	struct reading netstat = {options, &listing, {.root = "", .name = "netstat"}};
	int source_error = lsof_source_read(options, &source);
	int error = read_lsof(&lsof, buffer_bytes(&source.lsof));

	if (!error)
		error = read_netstat(&netstat, buffer_bytes(&source.netstat));
	if (!error) {
		size_t hidden = lsof_listing_merge(&listing);

		error = write_all(&output, &source, &listing);
		/* If a tool failed, permissions are not the reason. */
		if (!error && !source_error)
			report_incomplete(options, &source, hidden);
	}
	lsof_listing_release(&listing);
	lsof_source_release(&source);
	return collector_finish(&output, "lsof", error,
		source_error || lsof.malformed.count || netstat.malformed.count);
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, lsof_source_is_usable, collect};

	return collector_run(argc, argv, &collector);
}
