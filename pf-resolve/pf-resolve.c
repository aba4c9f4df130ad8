/*
 * pf-resolve: adds the names of processes and users to a stream of listeners.
 */
#include <getopt.h>

#include "program.h"
#include "resolver.h"
#include "stage.h"

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
	"Exit status: 0 done, 1 no listener was read, 2 trouble.\n";

enum { OPTION_REPLAY = 256 };

static const char letters[] = ":hV";

static const struct option long_options[] = {
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

static int resolve_line(struct resolver *resolver, struct bytes line,
	const struct listener *listener, struct writer *output)
{
	struct buffer completed = {0};
	struct bytes command;
	struct bytes user;
	int error = resolver_look_up(resolver, listener, &command, &user);

	if (!error)
		error = listener_complete(line, command, user, &completed);
	if (!error)
		error = writer_put(output, buffer_bytes(&completed));
	buffer_release(&completed);
	return error;
}

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
	return writer_flush(context) == 0;
}

static int resolve(struct resolver *resolver)
{
	struct writer output = {.fd = OS_STDOUT};
	struct stage_input input = {
		.reader = {.fd = OS_STDIN, .before_wait = pass_on, .context = &output}};
	struct listener listener;
	struct bytes line;
	int error = 0;
	int status;

	while (!error && stage_next(&input, &line, &listener)) {
		error = resolve_line(resolver, line, &listener, &output);
		listener_release(&listener);
	}
	if (error && error != output.error) {
		diag("%s", diag_error(error));
		input.has_trouble = true;
	}
	input.has_trouble = input.has_trouble || resolver_has_trouble(resolver);
	say_hidden(resolver_hidden_count(resolver));
	status = stage_status(&input);
	stage_input_release(&input);
	return program_finish(&output, status);
}

int main(int argc, char *argv[])
{
	static const struct process_questions questions = {
		os_process_start, os_process_name, os_process_user};
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
