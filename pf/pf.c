/*
 * pf: who is holding this port? The dispatcher: it runs the stages, and reports what became of
 * them.
 */
#include <errno.h>
#include <stdio.h>

#include "cli/program.h"
#include "cli/stage.h"
#include "kill_and_check.h"
#include "os/os.h"
#include "other_ports.h"
#include "wait_for_ports.h"

const char program_name[] = "pf";

/* No port begins with a letter: such a word names a program, never a path. */
static bool is_program(const char *argument)
{
	return argument && *argument >= 'a' && *argument <= 'z' && !strpbrk(argument, "/\\:");
}

/* `pf kill PORT` means `pf --kill PORT`, as pf-kill takes no ports. */
static bool has_port(char *const arguments[])
{
	for (size_t i = 0; arguments[i]; i++) {
		if (strcmp(arguments[i], "--timeout") == 0 || strcmp(arguments[i], "--signal") == 0)
			i += arguments[i + 1] != NULL;
		else if (arguments[i][0] != '-')
			return true;
	}
	return false;
}

/* Executes pf-NAME. Returns an exit status if it can't. */
static int run_program(const char *directory, char *argv[])
{
	char name[256]; /* file names are at most 255 bytes long */
	char path[OS_PATH_MAX];
	int error = -ENOENT;

	if ((size_t)snprintf(name, sizeof(name), "pf-%s", argv[0]) < sizeof(name))
		error = spawn_find(name, directory, path, sizeof(path));
	if (error == -ENOENT) {
		char why[sizeof(name) + 64];

		snprintf(why, sizeof(why), "not a port number, and there is no pf-%.200s command",
			argv[0]);
		return program_wrong_usage(argv[0], why);
	}
	if (error == -EPERM) {
		diag_unsafe_program(path);
		return EXIT_ERROR;
	}
	argv[0] = name;
	error = spawn_replace(path, argv);
	diag("%s: failed to start: %s", path, diag_error(error));
	return EXIT_ERROR;
}

static int start_render(const struct options *options, struct stage *render)
{
	const char *arguments[STAGE_ARGUMENTS_MAX] = {render->name};
	size_t count = 1;

	if (options->json)
		arguments[count++] = "--json";
	if (options->ndjson)
		arguments[count++] = "--ndjson";
	if (options->wide)
		arguments[count++] = "--wide";
	if (options->why)
		arguments[count++] = "--why";
	if (options->no_header)
		arguments[count++] = "--no-header";
	if (options->color) {
		arguments[count++] = "--color";
		arguments[count++] = options->color;
	}
	return stage_start_fed(render, arguments, OS_STDOUT);
}

static void report_nothing_found(const struct options *options)
{
	const char *proto = options->udp ? options->tcp ? "" : " (UDP)" : " (TCP)";

	if (!options->json && !options->ndjson)
		diag_to_terminal("nothing listens%s%s%s%s", options->ports[0] ? " on port " : "",
			options->ports[0] ? options->ports[0] : "",
			options->ports[0] && options->ports[1] ? " …" : "", proto);
}

/* A slower reader gets the table after the kill. */
enum { READER_MILLISECONDS = 500 };

/* --why lists all sockets of a process. */
static void feed_other_ports(
	const struct options *options, const char *directory, const struct listing *listing, int fd)
{
	struct buffer others;

	if (!options->why || fd < 0 || !listing->count || listing->feed_error)
		return;
	other_ports_list(options, directory, listing, &others);
	/* If pf-render has ended, stage_finish() reports it. */
	(void)os_write_all(fd, others.data, others.length);
	buffer_release(&others);
}

static int show(const struct options *options, const char *directory)
{
	struct stage render = {.directory = directory, .name = "pf-render"};
	struct listing_run run;
	struct listing listing;
	int status;
	int fd;

	/* All stages run in parallel; the one with the most work starts first. */
	listing_begin(options, directory, LOOK_FIRST, &run);
	fd = start_render(options, &render);
	listing_finish(&run, fd, &listing);
	feed_other_ports(options, directory, &listing, fd);
	spawn_close(fd);
	status = stage_finish(&render);
	/* After EPIPE, how pf-render ended counts. */
	if (listing.feed_error && listing.feed_error != -EPIPE) {
		stage_report_write_error(&render, listing.feed_error);
		status = EXIT_ERROR;
	}
	if (status == EXIT_NO_MATCH && listing.count) {
		diag("%s: exit status 1 means there was nothing to show, but there was: was it "
		     "killed?",
			render.name);
		status = EXIT_ERROR;
	}
	if (listing.has_error)
		status = EXIT_ERROR;
	if (status == EXIT_NO_MATCH) {
		report_nothing_found(options);
		other_ports_report_udp(options, directory);
	}
	if (status == EXIT_ERROR && options_want_kill(options))
		diag("nothing was killed: the list is incomplete");
	/* In `pf --kill 3000 | true`, nobody sees what would be ended. */
	if (status == EXIT_MATCHED && options_want_kill(options) &&
		os_await_reader(OS_STDOUT, READER_MILLISECONDS)) {
		diag("nothing was killed: nobody reads the list");
		status = EXIT_ERROR;
	}
	if (status == EXIT_MATCHED && options_want_kill(options))
		status = kill_and_check(options, directory, &listing);
	listing_release(&listing);
	return status;
}

int main(int argc, char *argv[])
{
	static char kill[] = "--kill";
	static char help[] = "--help";
	const char *directory = stage_directory();
	struct options options;
	int status;

	os_prepare_process(&argc, &argv);
	if (argv[1] && strcmp(argv[1], "kill") == 0 && has_port(argv + 2))
		argv[1] = kill;
	else if (argv[1] && strcmp(argv[1], "help") == 0 && !argv[2])
		argv[1] = help;
	else if (is_program(argv[1]))
		return run_program(directory, argv + 1);
	if (!options_parse(argc, argv, &options, &status))
		return status;
	os_drop_inherited_sockets();
	return options_want_wait(&options) ? wait_run(&options, directory)
					   : show(&options, directory);
}
