/*
 * pf-collect-ss: the listeners of a Linux machine, from the text of ss or netstat.
 */
#include <errno.h>

#include "base/array.h"
#include "base/encoding.h"
#include "base/number.h"
#include "capture.h"
#include "collector.h"
#include "os/os.h"
#include "ss/linux_netstat.h"
#include "ss/ss_row.h"
#include "words.h"

const char program_name[] = "pf-collect-ss";

static const char usage[] =
	"Usage: pf-collect-ss [-tu] --replay PATH [--probe] [PORT | LOW-HIGH]...\n"
	"Writes the listening sockets of a Linux machine, from what ss -ltnup or\n"
	"netstat -ltnup printed there, as pf-listener(5) lines.\n"
	"\n" COLLECTOR_USAGE
	"A capture is a directory with ss.txt, a file of the output, or - for standard\n"
	"input.\n";

static const char ss_text[] = "ss.txt";

struct reading {
	const struct collector_options *options;
	struct collector_output output;
	struct malformed_lines malformed;
	struct ss_holder *holders; /* of one row */
	size_t holder_count;
	size_t holder_capacity;
	bool is_old; /* a row is in the form of iproute2 before 4.17 */
	bool is_known; /* the text has a heading or a row */
	bool has_pids;
};

static int write_line(
	struct reading *reading, const struct endpoint *endpoint, const struct ss_holder *holder)
{
	struct listener listener = {
		.proto = endpoint->proto,
		.address = endpoint->address,
		.port = endpoint->port,
		.pid = holder->pid,
		.pid_start = LISTENER_NONE,
		.uid = LISTENER_NONE,
		.command = holder->command,
		.fd = holder->fd,
		.inode = LISTENER_NONE,
	};

	return collector_write(&reading->output, &listener);
}

static bool is_asked_for(const struct reading *reading, const struct endpoint *endpoint)
{
	return collector_wants_proto(reading->options, endpoint->proto) &&
		port_set_wants(&reading->options->ports, endpoint->port);
}

static int compare_holders(const void *left, const void *right)
{
	const struct ss_holder *a = left;
	const struct ss_holder *b = right;
	int order = number_compare(a->pid, b->pid);

	return order ? order : number_compare(a->fd, b->fd);
}

/* Returns 0, -EBADMSG if the users are malformed, or -ENOMEM. */
static int read_holders(struct reading *reading, struct bytes users)
{
	reading->holder_count = 0;
	while (users.data) {
		struct ss_holder *holders = array_reserve(reading->holders, reading->holder_count,
			&reading->holder_capacity, sizeof(*holders));

		if (!holders)
			return -ENOMEM;
		reading->holders = holders;
		if (ss_cut_holder(&users, &holders[reading->holder_count]))
			return -EBADMSG;
		reading->holder_count++;
	}
	if (reading->holder_count)
		qsort(reading->holders, reading->holder_count, sizeof(reading->holders[0]),
			compare_holders);
	return 0;
}

/* Writes one line per process, with its lowest descriptor. */
static int write_holders(struct reading *reading, const struct endpoint *endpoint)
{
	static const struct ss_holder hidden = {.pid = LISTENER_NONE, .fd = LISTENER_NONE};
	int64_t last = LISTENER_NONE;
	int error = 0;

	if (reading->holder_count == 0)
		return write_line(reading, endpoint, &hidden);
	for (size_t i = 0; i < reading->holder_count && !error; i++) {
		if (reading->holders[i].pid != last)
			error = write_line(reading, endpoint, &reading->holders[i]);
		last = reading->holders[i].pid;
	}
	return error;
}

/* Messages name the tool that printed the row. */
static void report_malformed(
	struct reading *reading, const char *tool, size_t line_number, const char *why)
{
	reading->malformed.name = tool;
	malformed_lines_report(&reading->malformed, line_number, why);
}

static int read_ss_row(struct reading *reading, struct bytes line, size_t line_number)
{
	struct ss_row row;
	const char *why;
	enum parse_result result = ss_parse_row(line, reading->is_old, &row, &why);
	int error;

	if (result == PARSE_MALFORMED)
		report_malformed(reading, "ss", line_number, why);
	if (result != PARSE_RECORD)
		return 0;
	error = read_holders(reading, row.users);
	if (error == -EBADMSG) {
		report_malformed(reading, "ss", line_number,
			"users: not of the form ((\"NAME\",pid=N,fd=N))");
		return 0;
	}
	reading->has_pids = reading->has_pids || reading->holder_count;
	if (!error && is_asked_for(reading, &row.endpoint))
		error = write_holders(reading, &row.endpoint);
	return error;
}

static int read_netstat_row(struct reading *reading, struct bytes line, size_t line_number)
{
	struct linux_netstat_row row;
	const char *why;
	enum parse_result result = linux_netstat_parse_row(line, &row, &why);
	struct ss_holder holder = {.fd = LISTENER_NONE};

	if (result == PARSE_MALFORMED)
		report_malformed(reading, "netstat", line_number, why);
	if (result != PARSE_RECORD)
		return 0;
	holder.pid = row.pid;
	holder.command = row.command;
	reading->has_pids = reading->has_pids || row.pid != LISTENER_NONE;
	return is_asked_for(reading, &row.endpoint) ? write_line(reading, &row.endpoint, &holder)
						    : 0;
}

static int read_row(struct reading *reading, struct bytes whole, size_t line_number)
{
	struct bytes line = words_unquote(whole);

	if (ss_is_row(line))
		return read_ss_row(reading, line, line_number);
	if (linux_netstat_is_row(line))
		return read_netstat_row(reading, line, line_number);
	if (words_look_like_socket(whole))
		report_malformed(
			reading, "ss", line_number, "not a row of ss or of Linux's netstat");
	return 0;
}

/* How a row is read depends on the whole text. */
static void detect_format(struct reading *reading, struct bytes text)
{
	while (text.data) {
		struct bytes line = words_unquote(bytes_cut(&text, '\n'));

		reading->is_old = reading->is_old || ss_is_old_row(line);
		reading->is_known = reading->is_known || ss_is_heading(line) || ss_is_row(line) ||
			linux_netstat_is_heading(line) || linux_netstat_is_row(line);
	}
}

static size_t count_lines(struct bytes text)
{
	size_t count = 1;

	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == '\n';
	return count;
}

static int read_rows(struct reading *reading, struct bytes text)
{
	size_t number = 1;
	int error = 0;

	detect_format(reading, text);
	while (text.data && !error) {
		struct bytes line = ss_cut_row(&text);

		error = read_row(reading, line, number);
		number += count_lines(line);
	}
	return error;
}

/* A text without rows means that nothing listens only if it has a heading. */
static int check_text(const struct reading *reading, struct bytes text)
{
	if (reading->is_known || reading->malformed.count || words_trim(text).length == 0)
		return 0;
	if (capture_report_known(reading->options->replay, ss_text, text))
		return -EBADMSG;
	diag("%s: no row of ss -ltnup or netstat -ltnup in it",
		strcmp(reading->options->replay, "-") ? reading->options->replay
						      : "standard input");
	return -EBADMSG;
}

static int read_text(const struct collector_options *options, struct buffer *text)
{
	int error;

	if (!options->replay) {
		diag("reads captures only: use --replay PATH, or pf-collect-proc for this machine");
		return -EINVAL;
	}
	error = capture_read(options->replay, ss_text, text);
	/* PowerShell's > writes UTF-16. */
	if (!error) {
		error = encoding_make_utf8(text);
		if (error)
			diag("%s: %s", ss_text, diag_error(error));
	}
	return error;
}

static int collect(const struct collector_options *options)
{
	struct reading reading = {
		.options = options,
		.output = {.writer.fd = OS_STDOUT},
		.malformed = {.root = "", .name = "ss"},
	};
	struct buffer text = {0};
	int source_error = read_text(options, &text);
	int error = source_error ? 0 : read_rows(&reading, buffer_bytes(&text));

	if (!source_error && !error)
		source_error = check_text(&reading, buffer_bytes(&text));
	if (!error && reading.output.count && !reading.has_pids)
		diag("ss: the text has no pids: sudo ss -ltnup shows them");
	free(reading.holders);
	buffer_release(&text);
	return collector_finish(
		&reading.output, "ss", error, source_error || reading.malformed.count);
}

/* These texts are recognized by a heading or a valid row. */
static bool has_good_row(struct buffer *text)
{
	struct bytes rest;
	const char *why;

	if (encoding_make_utf8(text))
		return false;
	rest = buffer_bytes(text);
	while (rest.data) {
		struct bytes line = words_unquote(bytes_cut(&rest, '\n'));
		struct ss_row ss;
		struct linux_netstat_row netstat;

		if (ss_is_heading(line) || linux_netstat_is_heading(line))
			return true;
		if (ss_is_row(line) && ss_parse_row(line, false, &ss, &why) != PARSE_MALFORMED)
			return true;
		if (linux_netstat_is_row(line) &&
			linux_netstat_parse_row(line, &netstat, &why) != PARSE_MALFORMED)
			return true;
	}
	return false;
}

static bool is_usable(const struct collector_options *options)
{
	return options->replay && capture_is_usable(options->replay, ss_text, has_good_row);
}

int main(int argc, char *argv[])
{
	static const struct collector collector = {usage, is_usable, collect};

	return collector_run(argc, argv, &collector);
}
