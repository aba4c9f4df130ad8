#include "lsof_source.h"

#include <errno.h>

#include "number.h"
#include "os.h"
#include "stream.h"

enum {
	/* lsof may wait for ever for a dead network file system. */
	LIMIT_MILLISECONDS = 20000,
};

static const char limit_variable[] = "PF_LSOF_TIMEOUT";

/* On PATH, or where the systems keep it: not everybody's PATH has the directories of root. */
static int find_tool(const char *name, char *ret_path, size_t size)
{
	static const char *const places[] = {
		"/usr/sbin", "/usr/bin", "/sbin", "/usr/local/sbin", "/usr/local/bin"};
	int error = spawn_find(name, NULL, ret_path, size);

	for (size_t i = 0; error && i < sizeof(places) / sizeof(places[0]); i++)
		error = spawn_find(name, places[i], ret_path, size);
	return error;
}

static int read_limit(int64_t *ret_milliseconds)
{
	const char *text = getenv(limit_variable);

	*ret_milliseconds = LIMIT_MILLISECONDS;
	if (!text || number_parse_seconds(bytes_of(text), ret_milliseconds) == 0)
		return 0;
	diag("%s: must be seconds, 0 to 86400, such as 20", limit_variable);
	return -EINVAL;
}

/* The first line of what a program has complained of. */
static struct bytes first_line(const struct buffer *text)
{
	struct bytes rest = buffer_bytes(text);

	return bytes_cut(&rest, '\n');
}

static int say_failed(const char *name, const struct spawn_output *output)
{
	struct bytes complaint = first_line(&output->err);
	int length = complaint.length > 200 ? 200 : (int)complaint.length;

	if (output->end.was_signalled) {
		char number[16];

		diag("%s: died of %s", name, os_signal_name(output->end.status, number));
	} else if (length)
		diag("%s: failed with exit status %d: %.*s", name, output->end.status, length,
			complaint.data);
	else
		diag("%s: failed with exit status %d", name, output->end.status);
	return -EIO;
}

/* Runs a tool, and says what went wrong with starting it or with its time. */
static int run_tool(
	const char *name, const char *const argv[], int64_t limit, struct spawn_output *ret_output)
{
	char path[OS_PATH_MAX];
	int error;

	*ret_output = (struct spawn_output){0};
	error = find_tool(name, path, sizeof(path));
	if (error) {
		diag("%s: not found: install it with the system's package manager", name);
		return error;
	}
	error = spawn_capture(path, argv, limit, ret_output);
	if (error == -ETIMEDOUT)
		diag("%s: had not ended after %g s and was killed: it may wait for a network file "
		     "system that doesn't answer; %s gives it longer",
			path, (double)limit / 1000, limit_variable);
	else if (error)
		diag("%s: %s", path, diag_error(error));
	return error;
}

/* What a program was about to write when it died: "*:30" may have been "*:3000". */
static void drop_torn_line(struct buffer *text)
{
	while (text->length && text->data[text->length - 1] != '\n')
		text->length--;
}

/*
 * Both protocols are asked for in one run. -w keeps quiet about file systems
 * that lsof can't look into, which have no sockets.
 */
static int run_lsof(
	const struct collector_options *options, int64_t limit, struct lsof_source *source)
{
	const char *argv[] = {"lsof", "+c", "0", "-nPw", "-F", "pcuLftPnT", NULL, NULL, NULL, NULL};
	size_t count = 6;
	struct spawn_output output;
	int error;

	if (options->tcp)
		argv[count++] = "-iTCP";
	/* With UDP, -s would leave all UDP sockets out: then the states are read alone. */
	if (options->tcp && !options->udp)
		argv[count++] = "-sTCP:LISTEN";
	if (options->udp)
		argv[count++] = "-iUDP";
	error = run_tool("lsof", argv, limit, &output);
	source->started = output.started;
	/* lsof exits with 1 where it has found nothing, and where it has failed. */
	if (!error &&
		(output.end.was_signalled || output.end.status > 1 ||
			(output.end.status == 1 && output.out.length == 0 && output.err.length)))
		error = say_failed("lsof", &output);
	if (error)
		drop_torn_line(&output.out);
	source->lsof = output.out;
	output.out = (struct buffer){0};
	spawn_output_release(&output);
	return error;
}

static int run_netstat(int64_t limit, struct lsof_source *source)
{
	const char *flags = os_bsd_netstat_flags();
	const char *const argv[] = {"netstat", flags, NULL};
	struct spawn_output output;
	int error;

	if (!flags)
		return 0;
	error = run_tool("netstat", argv, limit, &output);
	if (!error && (output.end.was_signalled || output.end.status))
		error = say_failed("netstat", &output);
	source->netstat = output.out;
	source->has_netstat = !error;
	output.out = (struct buffer){0};
	spawn_output_release(&output);
	return error;
}

static int say(const char *path, const char *name, int error)
{
	if (error)
		diag("%s%s: %s", path, name, diag_error(error));
	return error;
}

static int read_directory(
	const struct os_directory *directory, const char *path, struct lsof_source *source)
{
	int lsof_error = say(path, "/lsof.txt", os_read_file(directory, "lsof.txt", &source->lsof));
	int error = os_read_file(directory, "netstat-an.txt", &source->netstat);

	source->has_netstat = !error;
	/* A capture of somebody who had the rights to see all needs none. */
	if (error != -ENOENT && say(path, "/netstat-an.txt", error))
		return error;
	return lsof_error;
}

static int read_capture(const char *path, struct lsof_source *source)
{
	struct os_directory directory;
	int error;

	if (strcmp(path, "-") == 0)
		return say("standard input", "", stream_read_all(OS_STDIN, &source->lsof));
	error = os_directory_open(&directory, NULL, path);
	if (error == -ENOTDIR)
		return say(path, "", os_read_file(NULL, path, &source->lsof));
	if (error)
		return say(path, "", error);
	error = read_directory(&directory, path, source);
	os_directory_close(&directory);
	return error;
}

int lsof_source_read(const struct collector_options *options, struct lsof_source *ret_source)
{
	int64_t limit;
	int lsof_error;
	int netstat_error;

	*ret_source = (struct lsof_source){0};
	if (options->replay)
		return read_capture(options->replay, ret_source);
	if (read_limit(&limit))
		return -EINVAL;
	lsof_error = run_lsof(options, limit, ret_source);
	netstat_error = run_netstat(limit, ret_source);
	return lsof_error ? lsof_error : netstat_error;
}

static bool is_installed(void)
{
	char path[OS_PATH_MAX];

	return find_tool("lsof", path, sizeof(path)) == 0;
}

/* lsof's field output begins with a process; where it has found nothing, it is empty. */
static bool begins_as_fields(const char *path)
{
	struct buffer content = {0};
	bool begins = os_read_file(NULL, path, &content) == 0 &&
		(content.length == 0 || content.data[0] == 'p');

	buffer_release(&content);
	return begins;
}

bool lsof_source_is_usable(const struct collector_options *options)
{
	struct os_directory directory;
	struct buffer content = {0};
	int error;

	if (!options->replay)
		return is_installed();
	if (strcmp(options->replay, "-") == 0)
		return true;
	error = os_directory_open(&directory, NULL, options->replay);
	if (error)
		return error == -ENOTDIR && begins_as_fields(options->replay);
	error = os_read_file(&directory, "lsof.txt", &content);
	buffer_release(&content);
	os_directory_close(&directory);
	return error == 0;
}

void lsof_source_release(struct lsof_source *source)
{
	buffer_release(&source->lsof);
	buffer_release(&source->netstat);
}
