#include "ending.h"

#include <stdio.h>

#include "details.h"
#include "diag.h"
#include "exit_status.h"
#include "holders.h"
#include "number.h"
#include "os.h"
#include "stages.h"
#include "waiting.h"

enum { REMEDY_TEXT_MAX = 1024 };

static int kill_holders(
	const struct options *options, const char *directory, const struct listing *shown)
{
	struct stage killer = {.directory = directory, .name = "pf-kill", .explains_trouble = true};
	const char *arguments[STAGE_ARGUMENTS_MAX] = {killer.name};
	size_t count = 1;
	int status;
	int error;
	int fd;

	if (options->force)
		arguments[count++] = "--force";
	/* To pf-kill, a signal makes --force what follows it. */
	if (options->signal || (options->kill && options->force)) {
		arguments[count++] = "--signal";
		arguments[count++] = options->signal ? options->signal : "TERM";
	}
	if (options->timeout) {
		arguments[count++] = "--timeout";
		arguments[count++] = options->timeout;
	}
	if (options->dry_run)
		arguments[count++] = "--dry-run";
	if (options->interactive)
		arguments[count++] = "--interactive";
	/* News among the JSON would spoil it. */
	fd = stage_start_fed(
		&killer, arguments, options->json || options->ndjson ? OS_STDERR : OS_STDOUT);
	error = stage_feed(&killer, fd, buffer_bytes(&shown->lines));
	status = stage_finish(&killer);
	if (status == EXIT_NO_MATCH && !error) {
		diag("%s: exit status 1 says that it read nothing of what was shown: was it ended "
		     "from outside?",
			killer.name);
		status = EXIT_TROUBLE;
	}
	return error ? EXIT_TROUBLE : status;
}

/* What is known of a line's remedy; details_release() when done with it. */
static struct details explanation(struct bytes line)
{
	struct details details = details_none;
	struct listener_problem problem;

	(void)details_decode(line, &details, &problem);
	return details;
}

/* "run COMMAND: WHY", or what there is of it, as the end of a message. */
static void format_remedy(const struct remedy *remedy, char *ret_text, size_t size)
{
	/* For the unknown, the command is no more than what was done already. */
	bool is_unknown = remedy->verdict == VERDICT_UNKNOWN;
	struct bytes command = remedy->command.data && !is_unknown ? remedy->command : bytes_of("");
	struct bytes why = remedy->why.data ? remedy->why : bytes_of("");

	snprintf(ret_text, size, "%s%.*s%s%.*s%s", command.length ? "run " : "",
		(int)command.length, command.data, command.length ? ": " : "", (int)why.length,
		why.data, is_unknown ? ": stop it there" : "");
}

static void say_taken(const struct listener *listener, struct bytes line)
{
	struct details details = explanation(line);
	char remedy[REMEDY_TEXT_MAX] =
		"where a supervisor starts it again, stop it there (systemctl stop, pm2 stop, "
		"docker stop)";
	char name[HOLDER_NAME_MAX];

	if (details.remedy.verdict != VERDICT_NONE)
		format_remedy(&details.remedy, remedy, sizeof(remedy));
	diag("port %u: taken again by %s: %s", listener->port, holder_name(listener, name), remedy);
	details_release(&details);
}

static void say_all_held(const struct listing *shown, const struct listing *now)
{
	struct bytes rest = buffer_bytes(&now->lines);
	struct listener listener;
	struct bytes line;
	char name[HOLDER_NAME_MAX];

	while (holders_next(buffer_bytes(&now->lines), &rest, &listener, &line)) {
		if (holders_have(buffer_bytes(&shown->lines), &listener))
			diag("port %u: still held by %s", listener.port,
				holder_name(&listener, name));
		else
			say_taken(&listener, line);
		listener_release(&listener);
	}
}

/* Nothing has taken the ports again so far, but what was ended is known to be started again. */
static void say_free_for_now(const struct listing *explained)
{
	struct bytes rest = buffer_bytes(&explained->lines);
	struct listener listener;
	struct bytes line;
	char text[REMEDY_TEXT_MAX];

	while (holders_next(buffer_bytes(&explained->lines), &rest, &listener, &line)) {
		struct details details = explanation(line);

		if (details.remedy.verdict == VERDICT_STOP) {
			format_remedy(&details.remedy, text, sizeof(text));
			diag("port %u: free for now: %s", listener.port, text);
		}
		details_release(&details);
		listener_release(&listener);
	}
}

/*
 * How long a port has to stay free to be called so, in milliseconds. What nobody starts
 * again is free at once.
 */
static int64_t time_to_be_taken(const struct options *options, const struct listing *explained)
{
	enum { SUPERVISED = 5000, UNKNOWN = 300 };
	struct bytes rest = buffer_bytes(&explained->lines);
	struct listener listener;
	struct bytes line;
	int64_t longest = 0;

	while (holders_next(buffer_bytes(&explained->lines), &rest, &listener, &line)) {
		struct details details = explanation(line);
		int64_t time = details.remedy.verdict == VERDICT_KILL ? 0
			: details.remedy.verdict == VERDICT_STOP      ? SUPERVISED
								      : UNKNOWN;

		if (time == SUPERVISED && options->timeout)
			(void)number_parse_seconds(bytes_of(options->timeout), &time);
		longest = time > longest ? time : longest;
		details_release(&details);
		listener_release(&listener);
	}
	return longest;
}

/* Looks whether the ports are free, and stay so. Returns the exit status. */
static int look_again(const struct options *options, const char *directory,
	const struct listing *shown, const struct listing *explained)
{
	struct options looking = *options;
	struct listing now;
	int status;

	looking.details = true;
	status = waiting_for(&looking, directory, WANTED_TAKEN, LOOK_AGAIN,
		time_to_be_taken(options, explained), &now);
	say_all_held(shown, &now);
	if (status == EXIT_NO_MATCH)
		say_free_for_now(explained);
	listing_release(&now);
	/* Nothing that has taken them is what was wanted. */
	return status == EXIT_NO_MATCH ? EXIT_MATCHED : EXIT_TROUBLE;
}

int ending_run(const struct options *options, const char *directory, const struct listing *shown)
{
	struct listing explained;
	int status;

	listing_explain(shown, directory, &explained);
	/* pf-kill finds out by itself what it isn't told. */
	status = kill_holders(options, directory, explained.has_trouble ? shown : &explained);
	if (!options->dry_run && look_again(options, directory, shown, &explained) == EXIT_TROUBLE)
		status = EXIT_TROUBLE;
	listing_release(&explained);
	return status;
}
