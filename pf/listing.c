#include "listing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "held_lines.h"
#include "os/os.h"

static size_t count_lines(struct bytes lines)
{
	size_t count = 0;

	while (lines.length) {
		bytes_cut(&lines, '\n');
		count++;
	}
	return count;
}

static size_t count_ports(const struct options *options)
{
	size_t count = 0;

	while (options->ports[count])
		count++;
	return count;
}

/* The collector's arguments; the caller frees the array. NULL: out of memory. */
static const char **collector_arguments(const struct options *options, const char *program)
{
	size_t ports = count_ports(options);
	const char **arguments = calloc(ports + STAGE_ARGUMENTS_MAX, sizeof(*arguments));
	size_t count = 0;

	if (!arguments)
		return NULL;
	arguments[count++] = program;
	if (options->tcp)
		arguments[count++] = "--tcp";
	if (options->udp)
		arguments[count++] = "--udp";
	if (options->replay) {
		arguments[count++] = "--replay";
		arguments[count++] = options->replay;
	}
	arguments[count++] = "--";
	for (size_t i = 0; i < ports; i++)
		arguments[count++] = options->ports[i];
	return arguments;
}

static bool reads_stdin(const struct options *options)
{
	return options->replay && strcmp(options->replay, "-") == 0;
}

/* Starts both stages. Returns the end to read lines from, or SPAWN_NULL. */
static int start_stages(
	const struct options *options, struct stage *collector, struct stage *resolver)
{
	const char **arguments = collector_arguments(options, collector->name);
	int collected[2] = {SPAWN_NULL, SPAWN_NULL};
	int resolved[2] = {SPAWN_NULL, SPAWN_NULL};
	int error = arguments ? spawn_pipe(&collected[0], &collected[1]) : -ENOMEM;

	if (!error)
		error = spawn_pipe(&resolved[0], &resolved[1]);
	if (error) {
		diag("%s", diag_error(error));
	} else {
		const char *resolver_arguments[STAGE_ARGUMENTS_MAX] = {resolver->name};
		size_t count = 1;

		if (options->details)
			resolver_arguments[count++] = "--details";
		if (options->replay) {
			resolver_arguments[count++] = "--replay";
			resolver_arguments[count++] = options->replay;
		}

		stage_start(collector, arguments, reads_stdin(options) ? OS_STDIN : SPAWN_NULL,
			collected[1]);
		stage_start(resolver, resolver_arguments, collected[0], resolved[1]);
	}
	spawn_close(collected[0]);
	spawn_close(collected[1]);
	spawn_close(resolved[1]);
	free(arguments);
	return resolved[0];
}

/*
 * On Windows, a program terminated from outside usually exits with 1, which here means that nothing
 * was found. So check that what the stages report about each other agrees.
 */
static bool report_contradiction(const struct stage *collector, int collector_status,
	const struct stage *resolver, int resolver_status, struct bytes lines)
{
	if (collector_status == EXIT_NO_MATCH && lines.length)
		diag("%s: exit status 1 means nothing was found, yet it wrote lines: was it "
		     "killed?",
			collector->name);
	else if (collector_status == EXIT_MATCHED && resolver_status == EXIT_NO_MATCH)
		diag("%s: exit status 1 means it read nothing of what %s found: was it killed?",
			resolver->name, collector->name);
	else
		return false;
	return true;
}

static void begin(struct listing_run *run, const char *name)
{
	bool is_silent = run->look != LOOK_FIRST;
	bool is_optional = run->look == LOOK_OPTIONAL;

	snprintf(run->program, sizeof(run->program), "pf-collect-%s", name);
	run->collector = (struct stage){
		run->directory, run->program, .is_silent = is_silent, .is_optional = is_optional};
	run->resolver = (struct stage){
		run->directory, "pf-resolve", .is_silent = is_silent, .is_optional = is_optional};
	run->fd = start_stages(run->options, &run->collector, &run->resolver);
}

static void finish(struct listing_run *run, int feed, struct listing *listing)
{
	struct held_lines held = {run->options, &listing->lines, .feed = feed};
	int error = run->fd < 0 ? 0 : held_lines_read(&held, run->fd);
	int collector_status;
	int resolver_status;

	spawn_close(run->fd);
	if (error)
		diag("pf-resolve: reading its lines: %s", diag_error(error));
	/* pf-resolve has ended its output; the collector may still be running. */
	resolver_status = stage_finish(&run->resolver);
	collector_status = stage_finish(&run->collector);
	listing->has_error = error || held.has_error || run->fd < 0 ||
		collector_status == EXIT_ERROR || resolver_status == EXIT_ERROR ||
		report_contradiction(&run->collector, collector_status, &run->resolver,
			resolver_status, buffer_bytes(&listing->lines));
	listing->count = count_lines(buffer_bytes(&listing->lines));
	listing->feed_error = held.feed_error;
}

/*
 * Whether a collector is installed and its --probe says that it can read this machine, or the
 * capture `replay`. Reports nothing.
 */
static bool is_usable(const char *directory, const char *collector, const char *replay)
{
	char program[PROGRAM_NAME_MAX];
	char path[OS_PATH_MAX];
	const char *const arguments[] = {
		program, "--probe", replay ? "--replay" : NULL, replay, NULL};
	struct spawn spawn = {.path = path,
		.argv = arguments,
		.in = SPAWN_NULL,
		.out = SPAWN_NULL,
		.err = SPAWN_NULL};
	struct child child;
	struct child_end end;

	snprintf(program, sizeof(program), "pf-collect-%s", collector);
	return spawn_find(program, directory, path, sizeof(path)) == 0 &&
		spawn_start(&spawn, &child) == 0 && spawn_wait(child, &end) == 0 &&
		!end.was_signalled && end.status == EXIT_MATCHED;
}

/* The first usable one of the list, else the first. */
static const char *find_usable(
	const char *directory, const char *const *collectors, const char *replay)
{
	for (size_t i = 0; collectors[i]; i++)
		if (is_usable(directory, collectors[i], replay))
			return collectors[i];
	return collectors[0];
}

void listing_begin(const struct options *options, const char *directory, enum look look,
	struct listing_run *ret_run)
{
	/* Captures of any system can be read on any other. */
	static const char *const replaying[] = {"proc", "lsof", "netstat", "ss", NULL};
	const char *collector = options->collector;

	*ret_run = (struct listing_run){.options = options, .directory = directory, .look = look};
	if (!collector && options->replay)
		collector = find_usable(directory, replaying, options->replay);
	/*
	 * The best collector nearly always works, so --probe is run only after it has failed: that
	 * saves a process in all other runs.
	 */
	ret_run->may_try_others = !collector;
	begin(ret_run, collector ? collector : os_collectors()[0]);
}

void listing_finish(struct listing_run *run, int feed, struct listing *ret_listing)
{
	const char *const *collectors = os_collectors();
	const char *collector;

	*ret_listing = (struct listing){0};
	finish(run, feed, ret_listing);
	if (!run->may_try_others || !ret_listing->has_error || ret_listing->count)
		return;
	collector = find_usable(run->directory, collectors, NULL);
	if (collector == collectors[0])
		return;
	listing_release(ret_listing);
	begin(run, collector);
	finish(run, feed, ret_listing);
}

void listing_explain(
	const struct listing *listing, const char *directory, struct listing *ret_listing)
{
	struct stage resolver = {.directory = directory, .name = "pf-resolve", .is_silent = true};
	const char *const arguments[] = {resolver.name, "--details", NULL};
	const struct options all = {.port_set = &port_set_all};
	struct held_lines held = {&all, &ret_listing->lines, .feed = SPAWN_NULL};
	int explained[2];
	int error = spawn_pipe(&explained[0], &explained[1]);
	int read_error = 0;

	*ret_listing = (struct listing){0};
	if (!error) {
		int fd = stage_start_fed(&resolver, arguments, explained[1]);

		spawn_close(explained[1]);
		/* pf-resolve --details reads everything before it writes. */
		error = stage_feed(&resolver, fd, buffer_bytes(&listing->lines));
		read_error = held_lines_read(&held, explained[0]);
		spawn_close(explained[0]);
	}
	ret_listing->count = count_lines(buffer_bytes(&ret_listing->lines));
	ret_listing->has_error = stage_finish(&resolver) == EXIT_ERROR || error || read_error ||
		held.has_error || ret_listing->count != listing->count;
}

void listing_release(struct listing *listing)
{
	buffer_release(&listing->lines);
	*listing = (struct listing){0};
}
