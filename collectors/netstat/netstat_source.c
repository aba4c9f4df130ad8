#include "netstat_source.h"

#include <ctype.h>
#include <errno.h>

#include "base/encoding.h"
#include "capture.h"
#include "cli/tool.h"
#include "net_tcp_table.h"
#include "os/os.h"
#include "windows_netstat.h"

static const char netstat_text[] = "netstat.txt";
static const char path_variable[] = "PF_NETSTAT";

/* The path given by the user, or Windows' own; never one found along PATH. */
static int find_netstat(char *ret_path, size_t size)
{
	const char *given = getenv(path_variable);

	if (!given)
		return os_windows_netstat(ret_path, size);
	if (!os_is_absolute_path(given))
		return -EINVAL;
	if ((size_t)snprintf(ret_path, size, "%s", given) >= size)
		return -ENAMETOOLONG;
	return os_is_safe_program(ret_path) ? 0 : -EPERM;
}

static void report_not_found(int error, const char *path)
{
	if (error == -EPERM)
		diag_unsafe_program(path);
	else if (error == -EINVAL)
		diag("%s: must be the absolute path of a program", path_variable);
	else if (error == -ENOSYS)
		diag("netstat: this system's is not Windows': use pf-collect-proc or "
		     "pf-collect-lsof, or --replay");
	else
		diag("netstat: %s", diag_error(error));
}

static int run_netstat(struct netstat_source *source)
{
	struct tool tool = {
		.name = "netstat",
		.limit_variable = "PF_NETSTAT_TIMEOUT",
		.limit = TOOL_LIMIT,
		.why_slow = "",
	};
	const char *const argv[] = {"netstat", "-ano", NULL};
	char path[OS_PATH_MAX];
	int error = find_netstat(path, sizeof(path));

	if (error) {
		report_not_found(error, path);
		return error;
	}
	if (tool_read_limit(&tool))
		return -EINVAL;
	return tool_run(&tool, path, argv, &source->text, &source->started);
}

/* Whether a text has rows of any kind, complete or not. */
static bool has_rows(struct bytes text)
{
	struct net_tcp_table table = {0};

	while (text.data && !table.has_heading) {
		struct bytes line = bytes_cut(&text, '\n');
		struct windows_netstat_row row;
		const char *why;

		if (windows_netstat_is_row(line))
			return true;
		net_tcp_table_parse_line(&table, line, &row, &why);
	}
	return table.has_heading;
}

static bool is_blank(struct bytes text)
{
	size_t i = 0;

	while (i < text.length && isspace((unsigned char)text.data[i]))
		i++;
	return i == text.length;
}

/*
 * Windows always has sockets, so a text without rows is not netstat's, and must not be taken for a
 * machine on which nothing listens. But an empty text may be the result of a filter such as
 * findstr.
 */
static int check_rows(struct bytes text, const char *replay)
{
	if (has_rows(text) || (replay && is_blank(text)))
		return 0;
	if (replay && capture_report_known(replay, netstat_text, text))
		return -EBADMSG;
	if (text.length && memchr(text.data, '\0', text.length))
		diag("netstat: no row of netstat -ano in its text, which has NUL bytes: if it is "
		     "UTF-16, add a byte-order mark");
	else
		diag("netstat: no row of netstat -ano in its text");
	return -EBADMSG;
}

int netstat_source_read(const struct collector_options *options, struct netstat_source *ret_source)
{
	int error;

	*ret_source = (struct netstat_source){0};
	if (options->replay)
		error = capture_read(options->replay, netstat_text, &ret_source->text);
	else
		error = run_netstat(ret_source);
	if (!error) {
		error = encoding_make_utf8(&ret_source->text);
		if (error)
			diag("netstat: %s", diag_error(error));
	}
	if (!error) {
		error = check_rows(buffer_bytes(&ret_source->text), options->replay);
		/* The output of another program may contain addresses, too. */
		if (error)
			buffer_release(&ret_source->text);
	}
	return error;
}

/* Netstat's text is recognized by a valid row: its headings are in any language. */
static bool has_good_row(struct buffer *text)
{
	struct net_tcp_table table = {0};
	struct windows_netstat_row row;
	struct bytes rest;
	const char *why;

	if (encoding_make_utf8(text))
		return false;
	rest = buffer_bytes(text);
	while (rest.data) {
		struct bytes line = bytes_cut(&rest, '\n');

		if (windows_netstat_is_row(line) &&
			windows_netstat_parse_row(line, &row, &why) != PARSE_MALFORMED)
			return true;
		net_tcp_table_parse_line(&table, line, &row, &why);
	}
	return table.has_heading;
}

static bool is_file(const char *path)
{
	struct os_directory directory;
	int error = os_directory_open(&directory, NULL, path);

	if (!error)
		os_directory_close(&directory);
	return error == -ENOTDIR;
}

bool netstat_source_is_usable(const struct collector_options *options)
{
	char path[OS_PATH_MAX];

	if (options->replay)
		return capture_is_usable(options->replay, netstat_text, has_good_row);
	return find_netstat(path, sizeof(path)) == 0 && is_file(path);
}

void netstat_source_release(struct netstat_source *source)
{
	buffer_release(&source->text);
}
