#include "collector.h"

#include <errno.h>

#include "os/os.h"

enum { OPTION_REPLAY = 256, OPTION_PROBE };

static const char letters[] = ":tuhV";

static const struct option long_options[] = {
	{"tcp", no_argument, NULL, 't'},
	{"udp", no_argument, NULL, 'u'},
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"probe", no_argument, NULL, OPTION_PROBE},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

static bool add_ports(struct port_set *ports, char *const arguments[], int *ret_status)
{
	for (; *arguments; arguments++) {
		const char *why;

		if (port_set_add(ports, bytes_of(*arguments), &why)) {
			*ret_status = program_wrong_usage(*arguments, why);
			return false;
		}
	}
	return true;
}

/*
 * Parses the command line. Returns true to continue, or false to exit with *ret_status.
 */
static bool parse_options(int argc, char *argv[], const char *usage,
	struct collector_options *options, int *ret_status)
{
	int option;

	opterr = 0;
	while ((option = program_next_option(argc, argv, letters, long_options)) != -1) {
		switch (option) {
		case 't':
			options->tcp = true;
			break;
		case 'u':
			options->udp = true;
			break;
		case OPTION_REPLAY:
			options->replay = optarg;
			break;
		case OPTION_PROBE:
			options->probe = true;
			break;
		case 'h':
			*ret_status = program_print(usage);
			return false;
		case 'V':
			*ret_status = program_version();
			return false;
		default:
			*ret_status = program_wrong_option(option, letters, argv);
			return false;
		}
	}
	if (!options->udp)
		options->tcp = true;
	if (!add_ports(&options->ports, argv + optind, ret_status))
		return false;
	return true;
}

int collector_write(struct collector_output *output, const struct listener *listener)
{
	int error = output->writer.error;

	if (!error)
		error = listener_encode(listener, &output->writer.buffer);
	/* The writer fills in its buffer's length. */
	if (!error)
		error = writer_put(&output->writer, (struct bytes){0});
	if (!error)
		output->count++;
	return error;
}

void collector_report_hidden(size_t count)
{
	if (count == 0)
		return;
	if (os_is_privileged())
		diag("%zu socket%s without a visible holder: %s", count, count == 1 ? "" : "s",
			os_what_hides_from_root());
	else if (count == 1)
		diag("1 socket belongs to a process you can't see; %s", os_how_to_get_rights());
	else
		diag("%zu sockets belong to processes you can't see; %s", count,
			os_how_to_get_rights());
}

int64_t collector_find_identity(
	struct collector_output *output, int64_t pid, int64_t tool_start_ticks)
{
	int64_t started;
	int64_t start;
	int error = tool_start_ticks < 0 ? (int)tool_start_ticks : 0;

	if (tool_start_ticks == 0 || pid == LISTENER_NONE)
		return LISTENER_NONE;
	if (!error)
		error = os_process_start_ticks(pid, &started);
	if (!error && started > tool_start_ticks)
		return LISTENER_NONE;
	if (!error)
		error = os_process_identity(pid, &start);
	if (error != -ENOSYS)
		process_failure_note(&output->failure, pid, error);
	return error ? LISTENER_NONE : start;
}

int collector_finish(struct collector_output *output, const char *what, int error, bool failed)
{
	int status = output->count ? EXIT_MATCHED : EXIT_NO_MATCH;
	bool has_failure = process_failure_report(&output->failure);

	if (error && error != output->writer.error)
		diag("%s: %s", what, diag_error(error));
	if (failed || has_failure || (error && error != -EPIPE))
		status = EXIT_ERROR;
	return program_finish(&output->writer, status);
}

int collector_run(int argc, char *argv[], const struct collector *collector)
{
	static struct collector_options options;
	int status;

	os_prepare_process(&argc, &argv);
	if (!parse_options(argc, argv, collector->usage, &options, &status))
		return status;
	os_drop_inherited_sockets();
	if (options.probe)
		return collector->is_usable(&options) ? EXIT_MATCHED : EXIT_NO_MATCH;
	return collector->collect(&options);
}
