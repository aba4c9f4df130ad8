/*
 * pf-resolve: adds the names of processes and users to a stream of listeners.
 */
#include <getopt.h>

#include "completion.h"
#include "program.h"
#include "stage.h"
#include "user_source.h"

const char program_name[] = "pf-resolve";

static const char usage[] =
	"Usage: pf-resolve [--replay PATH]\n"
	"Reads pf-listener(5) lines, and writes them with the command and the user filled in.\n"
	"\n"
	"Options:\n"
	"      --replay PATH  take the names from a capture in place of this machine\n"
	"  -h, --help         show this help\n"
	"  -V, --version      show the version\n"
	"\n"
	"On Linux, getent(1) tells of users whom /etc/passwd lacks.\n"
	"PF_GETENT_TIMEOUT=SECS: how long it may take; 5.\n"
	"\n"
	"Exit status: 0 done, 1 no listener was read, 2 trouble.\n";

enum { OPTION_REPLAY = 256 };

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

/* Where all rights are there, nothing can be done about it. */
static void say_hidden(size_t count)
{
	if (count && !os_is_privileged())
		diag("the user of %zu process%s is hidden from this user: %s to see it", count,
			count == 1 ? "" : "es", os_how_to_get_rights());
}

/* Nobody further on waits for lines that are here already. */
static bool pass_on(void *context)
{
	return completion_pass_on(context) == 0;
}

static int resolve(struct resolver *resolver)
{
	struct completion completion = {.resolver = resolver, .output.fd = OS_STDOUT};
	struct stage_input input = {
		.reader = {.fd = OS_STDIN, .before_wait = pass_on, .context = &completion}};
	struct listener listener;
	struct bytes line;
	int error = 0;
	int status;

	while (!error && stage_next(&input, &line, &listener)) {
		error = completion_take(&completion, line, &listener);
		listener_release(&listener);
	}
	if (!error)
		error = completion_pass_on(&completion);
	if (error && error != completion.output.error) {
		diag("%s", diag_error(error));
		input.has_trouble = true;
	}
	input.has_trouble = input.has_trouble || resolver_has_trouble(resolver);
	say_hidden(resolver_hidden_count(resolver));
	status = stage_status(&input);
	stage_input_release(&input);
	completion_release(&completion);
	return program_finish(&completion.output, status);
}

int main(int argc, char *argv[])
{
	static const struct resolver_questions questions = {
		.processes = {os_process_start, os_process_name, os_process_user},
		.users = user_source_ask,
	};
	const char *replay = NULL;
	struct resolver *resolver;
	int option;
	int status;

	os_prepare_process(&argc, &argv);
	opterr = 0;
	while ((option = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (option == OPTION_REPLAY)
			replay = optarg;
		else if (option == 'h')
			return program_print(usage);
		else if (option == 'V')
			return program_version();
		else
			return program_wrong_option(option, letters, argv);
	}
	if (argv[optind])
		return program_wrong_usage(argv[optind], "pf-resolve takes no arguments");
	status = resolver_new(replay, &questions, &resolver);
	if (status) {
		diag("%s: %s", replay ? replay : "/", diag_error(status));
		return EXIT_TROUBLE;
	}
	status = resolve(resolver);
	resolver_free(resolver);
	return status;
}
