/*
 * pf-kill: ends the processes that a stream of listeners names.
 */
#include <errno.h>

#include "base/number.h"
#include "cli/program.h"
#include "cli/writer.h"
#include "kill/kill.h"
#include "remedies.h"
#include "stream/listener_input.h"

const char program_name[] = "pf-kill";

static const char usage[] =
	"Usage: pf-kill [--signal NAME] [--force] [--timeout SECS] [--dry-run]\n"
	"               [--interactive]\n"
	"Reads pf-listener(5) lines, signals each process once, and waits for its end.\n"
	"\n"
	"Options:\n"
	"      --signal NAME   send this signal instead of SIGTERM\n"
	"      --force         send SIGKILL; with --signal: if it is alive at the timeout\n"
	"      --timeout SECS  how long to wait after each signal; default: 5\n"
	"      --dry-run       print what would be signalled, and signal nothing\n"
	"      --interactive   ask on the terminal before each process\n"
	"  -h, --help          show this help\n"
	"  -V, --version       show the version\n"
	"\n"
	"Exit status: 0 all have ended, 1 no listener was read, 2 error, or not all\n"
	"have ended.\n";

enum { OPTION_SIGNAL = 256, OPTION_FORCE, OPTION_TIMEOUT, OPTION_DRY_RUN, OPTION_INTERACTIVE };

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"signal", required_argument, NULL, OPTION_SIGNAL},
	{"force", no_argument, NULL, OPTION_FORCE},
	{"timeout", required_argument, NULL, OPTION_TIMEOUT},
	{"dry-run", no_argument, NULL, OPTION_DRY_RUN},
	{"interactive", no_argument, NULL, OPTION_INTERACTIVE},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

/* Returns true to continue, or false to exit with *ret_status. */
static bool parse_options(int argc, char *argv[], struct kill_options *ret_options, int *ret_status)
{
	struct kill_options options = {.timeout = 5000};
	const char *signal = NULL;
	const char *timeout = NULL;
	int option;

	opterr = 0;
	*ret_status = EXIT_ERROR;
	while ((option = program_next_option(argc, argv, letters, long_options)) != -1) {
		switch (option) {
		case OPTION_SIGNAL:
			signal = optarg;
			break;
		case OPTION_FORCE:
			options.force = true;
			break;
		case OPTION_TIMEOUT:
			timeout = optarg;
			break;
		case OPTION_DRY_RUN:
			options.dry_run = true;
			break;
		case OPTION_INTERACTIVE:
			options.interactive = true;
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
	options.signal = options.force ? os_signal_kill() : os_signal_terminate();
	if (argv[optind])
		program_wrong_usage(argv[optind], "pf-kill takes no arguments");
	else if (signal && os_signal_number(signal, &options.signal))
		program_wrong_usage(
			signal, "no such signal: give a name such as TERM, or a number");
	else if (timeout && number_parse_seconds(bytes_of(timeout), &options.timeout))
		program_wrong_usage(
			timeout, "--timeout takes seconds, 0 to 86400, such as 5 or 0.5");
	else {
		*ret_options = options;
		return true;
	}
	return false;
}

static int read_target(struct targets *targets, struct listener_input *input, struct bytes line,
	const struct listener *listener)
{
	struct listener_problem problem;
	struct details details = details_none;
	int error = details_decode(line, listener, &details, &problem);

	if (error == -EINVAL) {
		/* What to do instead of signalling is unknown. */
		listener_input_reject(input, problem.text);
		return 0;
	}
	if (!error)
		error = targets_add(targets, listener, &details.remedy);
	details_release(&details);
	return error;
}

static int read_targets(struct targets *targets, struct listener_input *input)
{
	struct listener listener;
	struct bytes line;
	int error = 0;

	while (!error && listener_input_next(input, &line, &listener)) {
		error = read_target(targets, input, line, &listener);
		listener_release(&listener);
	}
	return error ? error : targets_merge(targets);
}

/* Reads the targets and their remedies; reports why it can't continue. */
static bool prepare_targets(struct targets *targets, struct listener_input *input, bool force)
{
	int error = read_targets(targets, input);

	if (error) {
		diag("nothing was killed: %s", diag_error(error));
		return false;
	}
	if (force || !remedies_ask(targets))
		return true;
	diag("nothing was killed: whether anything would restart it is unknown; --force overrides");
	return false;
}

int main(int argc, char *argv[])
{
	struct listener_input input = {.reader.fd = OS_STDIN};
	struct writer output = {.fd = OS_STDOUT};
	struct targets targets = {0};
	struct kill_options options;
	int status;

	os_prepare_process(&argc, &argv);
	if (!parse_options(argc, argv, &options, &status))
		return status;
	os_raise_open_files();
	if (prepare_targets(&targets, &input, options.force))
		status = kill_targets(&options, &targets, &output) ? listener_input_status(&input)
								   : EXIT_ERROR;
	else
		status = EXIT_ERROR;
	targets_release(&targets);
	listener_input_release(&input);
	return program_finish(&output, status);
}
