#include "proc_source.h"

#include <errno.h>

#include "base/encoding.h"
#include "capture.h"
#include "sock_diag_source.h"

static const struct {
	const char *path;
	enum listener_proto proto;
	enum address_family family;
} tables[] = {
	{"/proc/net/tcp", PROTO_TCP, FAMILY_IPV4},
	{"/proc/net/tcp6", PROTO_TCP, FAMILY_IPV6},
	{"/proc/net/udp", PROTO_UDP, FAMILY_IPV4},
	{"/proc/net/udp6", PROTO_UDP, FAMILY_IPV6},
};

/* Tables are opened relative to /proc. */
static const char *within_proc(const char *path)
{
	return path + strlen("/proc/");
}

enum { HEAD_MAX = 64 * 1024 };

enum { TABLE_COUNT = sizeof(tables) / sizeof(tables[0]) };

static int open_proc(const struct collector_options *options, struct os_directory *ret_proc)
{
	struct os_directory root;
	int error = options->replay ? os_capture_open(&root, options->replay)
				    : os_directory_open(&root, NULL, "/");

	if (error)
		return error;
	error = os_directory_open(ret_proc, &root, "proc");
	os_directory_close(&root);
	return error;
}

/* The prefix of "/proc" in messages. */
static const char *root_name(const struct collector_options *options)
{
	return options->replay ? options->replay : "";
}

static enum byte_order own_order(void)
{
	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? ORDER_BIG : ORDER_LITTLE;
}

/* From the capture's file "byte-order"; little-endian if there is none. */
static int captured_order(const struct os_directory *proc, enum byte_order *ret_order)
{
	struct buffer content = {0};
	struct bytes rest;
	struct bytes word;
	int error = os_read_file(proc, "../byte-order", &content);

	rest = buffer_bytes(&content);
	word = bytes_cut(&rest, '\n');
	if (error == -ENOENT) {
		*ret_order = ORDER_LITTLE;
		error = 0;
	} else if (!error && bytes_is(word, "little")) {
		*ret_order = ORDER_LITTLE;
	} else if (!error && bytes_is(word, "big")) {
		*ret_order = ORDER_BIG;
	} else if (!error) {
		error = -EBADMSG;
	}
	buffer_release(&content);
	return error;
}

/* pf uses this collector for whatever no other one recognizes. */
static void report_not_directory(const char *path)
{
	struct buffer text = {0};

	if (os_read_file_head(NULL, path, HEAD_MAX, &text) || encoding_make_utf8(&text) ||
		!capture_report_known(path, "", buffer_bytes(&text)))
		diag("%s: no collector recognizes this text: see --replay in pf(1)", path);
	buffer_release(&text);
}

static void report_not_opened(const struct collector_options *options, int error)
{
	struct os_directory root;

	if (error == -ENOTDIR && options->replay &&
		os_capture_open(&root, options->replay) == -ENOTDIR)
		report_not_directory(options->replay);
	else
		diag("%s/proc: %s%s", root_name(options), diag_error(error),
			options->replay ? "" : ": mount it");
}

int proc_source_open(const struct collector_options *options, struct proc_source *ret_source)
{
	const char *root = root_name(options);
	struct proc_source source = {
		.options = options,
		.order = own_order(),
		.overflow_uid = options->replay ? -1 : os_overflow_uid(),
	};
	int error = open_proc(options, &source.proc);

	if (error) {
		report_not_opened(options, error);
		return error;
	}
	if (options->replay)
		error = captured_order(&source.proc, &source.order);
	if (error) {
		diag("%s/byte-order: %s", root,
			error == -EBADMSG ? "must be \"little\" or \"big\"" : diag_error(error));
		os_directory_close(&source.proc);
		return error;
	}
	*ret_source = source;
	return 0;
}

bool proc_source_is_usable(const struct collector_options *options)
{
	struct os_directory proc;
	struct buffer content = {0};
	bool usable = false;

	if (open_proc(options, &proc))
		return false;
	for (int i = 0; i < TABLE_COUNT && !usable; i++)
		usable = os_read_file_head(&proc, within_proc(tables[i].path), 1, &content) == 0;
	buffer_release(&content);
	os_directory_close(&proc);
	return usable;
}

struct reading {
	const struct proc_source *source;
	struct malformed_lines malformed;
};

static int read_rows(struct reading *reading, struct bytes text, const struct proc_net_table *table,
	struct sockets *sockets)
{
	int error = 0;

	for (size_t number = 2; text.data && !error; number++) {
		struct socket socket = {.proto = table->proto, .number = sockets->count};
		struct bytes line = bytes_cut(&text, '\n');
		const char *why;

		switch (proc_net_parse_row(line, table, &socket.row, &why)) {
		case PARSE_RECORD:
			/* More columns follow in the kernel's tables, so digits may be missing. */
			if (!text.data && socket.row.ends_with_inode)
				malformed_lines_report(&reading->malformed, number,
					"torn within or behind the inode");
			else if (port_set_wants(&reading->source->options->ports, socket.row.port))
				error = sockets_add(sockets, &socket);
			break;
		case PARSE_SKIP:
			break;
		case PARSE_MALFORMED:
			malformed_lines_report(&reading->malformed, number, why);
			break;
		}
	}
	return error;
}

/* As proc_source_read(); -ENOENT if there is no such table. */
static int read_table(
	struct reading *reading, struct proc_net_table *table, struct sockets *sockets)
{
	struct buffer content = {0};
	int error = os_read_file(
		&reading->source->proc, within_proc(reading->malformed.name), &content);
	struct bytes rest = buffer_bytes(&content);

	if (!error && content.length) {
		if (proc_net_parse_heading(bytes_cut(&rest, '\n'), table))
			malformed_lines_report(
				&reading->malformed, 1, "not the heading of a socket table");
		else
			error = read_rows(reading, rest, table, sockets);
	}
	buffer_release(&content);
	if (error && error != -ENOENT && !reading->malformed.is_quiet)
		diag("%s%s: %s", reading->malformed.root, reading->malformed.name,
			diag_error(error));
	return !error && reading->malformed.count ? -EBADMSG : error;
}

/* All unmapped users have the overflow uid, so it doesn't tell who created the socket. */
static void clear_overflow_uids(const struct proc_source *source, struct sockets *sockets)
{
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->items[i].row.uid == source->overflow_uid)
			sockets->items[i].row.uid = SOCKET_ROW_NO_USER;
}

int proc_source_read(
	const struct proc_source *source, enum problems problems, struct sockets *sockets)
{
	const struct collector_options *options = source->options;
	int found = 0;
	int failed = 0;

	for (int i = 0; i < TABLE_COUNT; i++) {
		struct reading reading = {source,
			{.root = root_name(options),
				.name = tables[i].path,
				.is_quiet = problems == PROBLEMS_KNOWN}};
		struct proc_net_table table = {
			.proto = tables[i].proto,
			.family = tables[i].family,
			.order = source->order,
		};
		int error = -ENOENT;

		if (!collector_wants_proto(options, tables[i].proto))
			continue;
		if (!options->replay)
			error = sock_diag_source_read(options, table.proto, table.family, sockets);
		if (error)
			error = read_table(&reading, &table, sockets);
		/* A kernel without IPv6 has no tcp6 and no udp6. */
		if (error == -ENOENT)
			continue;
		found++;
		if (error)
			failed = error;
	}
	clear_overflow_uids(source, sockets);
	sockets_sort(sockets);
	if (found)
		return failed;
	if (problems == PROBLEMS_NEW)
		diag("%s/proc/net: no %s table: %s", root_name(options),
			options->tcp ? options->udp ? "socket" : "TCP" : "UDP",
			options->replay ? "is it in this capture of a Linux machine?"
					: "is /proc mounted?");
	return -ENOENT;
}

void proc_source_close(struct proc_source *source)
{
	os_directory_close(&source->proc);
}
