/*
 * pf-resolve: adds the names of processes and users to a stream of listeners.
 */
#include <errno.h>

#include "cli/program.h"
#include "line_filler.h"
#include "stream/listener_input.h"
#include "user_source.h"

const char program_name[] = "pf-resolve";

static const char usage[] =
	"Usage: pf-resolve [--details] [--replay PATH]\n"
	"Reads pf-listener(5) lines, and adds the names of commands and users.\n"
	"\n"
	"Options:\n"
	"      --details      add why each process runs, and what frees its port for good\n"
	"      --replay PATH  take the names from a capture instead of this machine\n"
	"  -h, --help         show this help\n"
	"  -V, --version      show the version\n"
	"\n"
	"On Linux, getent(1) is asked for users missing in /etc/passwd.\n"
	"PF_GETENT_TIMEOUT=SECS: its time limit; default: 5.\n"
	"With --details, docker(1) or podman(1) is asked for containers, systemctl(1)\n"
	"for units. PF_DETAILS_TIMEOUT=SECS: the time limit for all; default: 3.\n"
	"\n"
	"Exit status: 0 done, 1 no listener was read, 2 error.\n";

enum { OPTION_DETAILS = 256, OPTION_REPLAY };

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"details", no_argument, NULL, OPTION_DETAILS},
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

/* Root can do nothing about it. */
static void say_hidden(size_t count)
{
	if (count == 0 || os_is_privileged())
		return;
	if (count == 1)
		diag("1 process belongs to a user you can't see; %s", os_how_to_get_rights());
	else
		diag("%zu processes belong to users you can't see; %s", count,
			os_how_to_get_rights());
}

static bool say_failed(const struct resolver *resolver, const struct explainer *explainer)
{
	struct process_failure failure = *resolver_failure(resolver);

	if (explainer)
		process_failure_add(&failure, explainer_failure(explainer));
	return process_failure_report(&failure);
}

/* Passes on what is complete before it waits for input. */
static bool pass_on(void *context)
{
	return line_filler_flush(context) == 0;
}

static int resolve(struct resolver *resolver, struct explainer *explainer)
{
	struct line_filler filler = {
		.resolver = resolver, .explainer = explainer, .output.fd = OS_STDOUT};
	struct listener_input input = {.reader = {.fd = OS_STDIN, .context = &filler}};
	struct listener listener;
	struct bytes line;
	int error = 0;
	int status;

	/* Otherwise tools would be run for each part of the input. */
	if (!explainer)
		input.reader.before_wait = pass_on;
	while (!error && listener_input_next(&input, &line, &listener)) {
		error = line_filler_take(&filler, line, &listener);
		listener_release(&listener);
	}
	if (!error)
		(void)line_filler_flush(&filler);
	if (filler.error)
		diag("%s", diag_error(filler.error));
	if (say_failed(resolver, explainer) || resolver_has_error(resolver) || filler.error)
		input.has_error = true;
	say_hidden(resolver_hidden_count(resolver));
	resolver_say_ended(resolver);
	status = listener_input_status(&input);
	listener_input_release(&input);
	line_filler_release(&filler);
	return program_finish(&filler.output, status);
}

struct options {
	const char *replay; /* NULL: this machine */
	bool details;
};

/* Returns true to continue, or false to exit with *ret_status. */
static bool parse_options(int argc, char *argv[], struct options *ret_options, int *ret_status)
{
	struct options options = {0};
	int option;

	opterr = 0;
	*ret_status = EXIT_ERROR;
	while ((option = program_next_option(argc, argv, letters, long_options)) != -1) {
		if (option == OPTION_REPLAY) {
			options.replay = optarg;
			continue;
		}
		if (option == OPTION_DETAILS) {
			options.details = true;
			continue;
		}
		if (option == 'h')
			*ret_status = program_print(usage);
		else if (option == 'V')
			*ret_status = program_version();
		else
			program_wrong_option(option, letters, argv);
		return false;
	}
	if (argv[optind]) {
		program_wrong_usage(argv[optind], "pf-resolve takes no arguments");
		return false;
	}
	*ret_options = options;
	return true;
}

static int resolve_with_details(struct resolver *resolver, bool is_live)
{
	struct explainer *explainer;
	int status;

	if (explainer_new(resolver_root(resolver), is_live, &explainer)) {
		diag("%s", diag_error(-ENOMEM));
		return EXIT_ERROR;
	}
	status = resolve(resolver, explainer);
	explainer_free(explainer);
	return status;
}

int main(int argc, char *argv[])
{
	static const struct resolver_questions questions = {
		.processes = {os_process_identity, os_process_name, os_process_user},
		.users = user_source_ask,
	};
	struct options options;
	struct resolver *resolver;
	int status;

	os_prepare_process(&argc, &argv);
	if (!parse_options(argc, argv, &options, &status))
		return status;
	status = resolver_new(options.replay, &questions, &resolver);
	if (status) {
		diag("%s: %s", options.replay ? options.replay : "/", diag_error(status));
		return EXIT_ERROR;
	}
	status = options.details ? resolve_with_details(resolver, !options.replay)
				 : resolve(resolver, NULL);
	resolver_free(resolver);
	return status;
}
