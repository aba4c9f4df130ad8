#include "lsof_source.h"

#include <errno.h>

#include "capture.h"
#include "cli/tool.h"
#include "lsof_fields.h"
#include "os/os.h"

static const char lsof_text[] = "lsof.txt";
static const char netstat_text[] = "netstat-an.txt";

static const char search_path[] = "/usr/sbin:/usr/bin:/sbin:/usr/local/sbin:/usr/local/bin";

static int find_and_run(const struct tool *tool, const char *const argv[], struct buffer *ret_text,
	int64_t *ret_start_ticks)
{
	char path[OS_PATH_MAX];
	int error = tool_find(tool->name, search_path, path, sizeof(path));

	if (error == -ENOENT)
		diag("%s: not found: install it with the system's package manager", tool->name);
	return error ? error : tool_run(tool, path, argv, ret_text, ret_start_ticks);
}

/* lsof exits with 1 both if it found nothing and if it failed. */
static bool has_lsof_failed(const struct spawn_output *output)
{
	return output->end.status > 1 ||
		(output->end.status == 1 && output->out.length == 0 && output->err.length);
}

/*
 * One run lists both protocols. -w suppresses warnings about file systems that lsof can't examine,
 * which have no sockets.
 */
static int run_lsof(
	const struct collector_options *options, struct tool tool, struct lsof_source *source)
{
	const char *argv[] = {"lsof", "+c", "0", "-nPw", "-F", "pcuLftPnT", NULL, NULL, NULL, NULL};
	size_t count = 6;

	if (options->tcp)
		argv[count++] = "-iTCP";
	/* With UDP, -s would exclude all UDP sockets, so filter by the reported states instead. */
	if (options->tcp && !options->udp)
		argv[count++] = "-sTCP:LISTEN";
	if (options->udp)
		argv[count++] = "-iUDP";
	tool.name = "lsof";
	tool.has_failed = has_lsof_failed;
	return find_and_run(&tool, argv, &source->lsof, &source->started);
}

static int run_netstat(struct tool tool, struct lsof_source *source)
{
	const char *flags = os_bsd_netstat_flags();
	const char *const argv[] = {"netstat", flags, NULL};
	int64_t started;
	int error;

	if (!flags)
		return 0;
	tool.name = "netstat";
	error = find_and_run(&tool, argv, &source->netstat, &started);
	source->has_netstat = !error;
	return error;
}

/* lsof's field output begins with a process, or is empty if nothing was found. */
static bool begins_as_fields(struct buffer *text)
{
	struct bytes rest = buffer_bytes(text);
	bool is_after_warning = false;

	while (rest.length) {
		struct bytes line = bytes_cut(&rest, '\n');

		if (!lsof_is_warning(line, is_after_warning))
			return lsof_is_process(line);
		is_after_warning = true;
	}
	return true;
}

static int read_capture(const char *path, struct lsof_source *source)
{
	int lsof_error = capture_read(path, lsof_text, &source->lsof);
	int error = capture_read_optional(path, netstat_text, &source->netstat);

	source->has_netstat = !error;
	if (!lsof_error && !begins_as_fields(&source->lsof) &&
		capture_report_known(path, lsof_text, buffer_bytes(&source->lsof))) {
		buffer_release(&source->lsof);
		lsof_error = -EBADMSG;
	}
	/* A capture taken by root needs none. */
	return error && error != -ENOENT ? error : lsof_error;
}

int lsof_source_read(const struct collector_options *options, struct lsof_source *ret_source)
{
	struct tool tool = {
		.limit_variable = "PF_LSOF_TIMEOUT",
		.limit = TOOL_LIMIT,
		.why_slow = "it may wait for a network file system that doesn't answer; ",
	};
	int lsof_error;
	int netstat_error;

	*ret_source = (struct lsof_source){0};
	if (options->replay)
		return read_capture(options->replay, ret_source);
	if (tool_read_limit(&tool))
		return -EINVAL;
	/* Without /proc, lsof finds nothing, and doesn't fail. */
	if (!os_has_processes()) {
		diag("lsof sees no process here: %s", os_how_to_get_rights());
		return -ENOENT;
	}
	lsof_error = run_lsof(options, tool, ret_source);
	netstat_error = run_netstat(tool, ret_source);
	return lsof_error ? lsof_error : netstat_error;
}

bool lsof_source_is_usable(const struct collector_options *options)
{
	char path[OS_PATH_MAX];

	if (options->replay)
		return capture_is_usable(options->replay, lsof_text, begins_as_fields);
	return os_has_processes() && spawn_find_tool("lsof", search_path, path, sizeof(path)) == 0;
}

void lsof_source_release(struct lsof_source *source)
{
	buffer_release(&source->lsof);
	buffer_release(&source->netstat);
}
