#include "kill_and_check.h"

#include <stdio.h>

#include "base/number.h"
#include "cli/diag.h"
#include "cli/exit_status.h"
#include "cli/stage.h"
#include "os/os.h"
#include "other_ports.h"
#include "port_holders.h"
#include "stream/details.h"
#include "stream/remedy_words.h"
#include "wait_for_ports.h"

/* The kernel closes the sockets of an io_uring some time after the process has ended. */
enum { CLOSING_MILLISECONDS = 2000, CLOSING_PAUSE = 20 };

/* *ret_has_reported: pf-kill has reported the holders that it did not end. */
static int kill_holders(const struct options *options, const char *directory,
	const struct listing *shown, bool *ret_has_reported)
{
	struct stage killer = {.directory = directory, .name = "pf-kill", .reports_errors = true};
	const char *arguments[STAGE_ARGUMENTS_MAX] = {killer.name};
	size_t count = 1;
	int status;
	int error;
	int fd;

	if (options->force)
		arguments[count++] = "--force";
	/* With --signal, pf-kill's --force means SIGKILL after the timeout. */
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
	/* Status messages would break the JSON. */
	fd = stage_start_fed(
		&killer, arguments, options->json || options->ndjson ? OS_STDERR : OS_STDOUT);
	error = stage_feed(&killer, fd, buffer_bytes(&shown->lines));
	status = stage_finish(&killer);
	*ret_has_reported = killer.has_reported;
	if (status == EXIT_NO_MATCH && !error) {
		diag("%s: exit status 1 means it read nothing of what was shown: was it killed?",
			killer.name);
		status = EXIT_ERROR;
	}
	return error ? EXIT_ERROR : status;
}

/* The details of a line; the caller releases them. */
static struct details decode_details(struct bytes line)
{
	struct details details = details_none;
	struct listener_problem problem;

	(void)details_decode(line, NULL, &details, &problem);
	return details;
}

static void report_taken(const struct port_holder *holder)
{
	struct details details = decode_details(holder->line);
	char remedy[REMEDY_WORDS_MAX] =
		"if a supervisor restarts it, stop it there (systemctl stop, pm2 stop, docker "
		"stop)";
	char name[HOLDER_NAME_MAX];

	/* It was just restarted, whatever was known before. */
	if (details.remedy.verdict == VERDICT_KILL)
		snprintf(remedy, sizeof(remedy), "something restarts it");
	else if (details.remedy.verdict != VERDICT_NONE)
		remedy_words(&details.remedy, remedy);
	diag("port %u: taken again by %s: %s", holder->port, port_holder_name(holder, name),
		remedy);
	details_release(&details);
}

/* `was_reported`: pf-kill has reported the shown holders that it did not end. */
static void report_all_held(
	const struct port_holders *shown, const struct port_holders *now, bool was_reported)
{
	char name[HOLDER_NAME_MAX];

	for (size_t i = 0; i < now->count; i++) {
		const struct port_holder *holder = &now->items[i];
		bool was_shown = port_holders_have(shown, holder);

		if (was_shown && was_reported)
			continue;
		/* A process forked in the meantime shares the socket. */
		if (was_shown || port_holders_have_socket(shown, holder))
			diag("port %u: still held by %s", holder->port,
				port_holder_name(holder, name));
		else
			report_taken(holder);
	}
}

/* The ports are free now, but the ended processes are known to be restarted. */
static void report_free_for_now(const struct port_holders *ended)
{
	char words[REMEDY_WORDS_MAX];

	for (size_t i = 0; i < ended->count; i++) {
		struct details details = decode_details(ended->items[i].line);

		if (details.remedy.verdict == VERDICT_STOP) {
			remedy_words(&details.remedy, words);
			diag("port %u: free for now: %s", ended->items[i].port, words);
		}
		details_release(&details);
	}
}

/*
 * How long, in milliseconds, the ports must stay free to count as freed: there may be a restarter
 * that isn't known.
 */
static int64_t required_free_time(const struct options *options, const struct port_holders *ended)
{
	enum { SUPERVISED = 5000, ANY = 300 };
	int64_t longest = ANY;

	for (size_t i = 0; i < ended->count; i++) {
		struct details details = decode_details(ended->items[i].line);
		int64_t time = SUPERVISED;

		if (details.remedy.verdict == VERDICT_STOP) {
			if (options->timeout)
				(void)number_parse_seconds(bytes_of(options->timeout), &time);
			longest = time > longest ? time : longest;
		}
		details_release(&details);
	}
	return longest;
}

/* Whether all sockets that are left belong to ended processes, which held them with an io_uring. */
static bool are_being_closed(const struct port_holders *shown, const struct port_holders *now)
{
	for (size_t i = 0; i < now->count; i++)
		if (now->items[i].pid != LISTENER_NONE ||
			port_holders_have(shown, &now->items[i]) ||
			!port_holders_have_socket(shown, &now->items[i]))
			return false;
	return now->count;
}

/*
 * Checks that the ports are free and stay so. `explained` are the shown holders, with details if
 * known. Returns the exit status.
 */
static int check_ports(const struct options *options, const char *directory,
	const struct port_holders *shown, const struct port_holders *explained, bool was_reported)
{
	struct options with_details = *options;
	struct port_holders holders;
	struct listing now;
	int64_t deadline = os_clock() + CLOSING_MILLISECONDS;
	int status;
	int error;

	with_details.details = true;
	for (;;) {
		status = wait_for_ports(&with_details, directory, WANTED_TAKEN, LOOK_AGAIN,
			required_free_time(options, explained), &now);
		error = port_holders_read(buffer_bytes(&now.lines), &holders);
		if (error || !are_being_closed(shown, &holders) || os_clock() >= deadline)
			break;
		port_holders_release(&holders);
		listing_release(&now);
		os_pause(CLOSING_PAUSE);
	}
	if (error)
		diag("finding out who holds the ports now: %s", diag_error(error));
	report_all_held(shown, &holders, was_reported);
	if (status == EXIT_NO_MATCH)
		report_free_for_now(explained);
	port_holders_release(&holders);
	listing_release(&now);
	/* "No match" for a listener is success here. */
	return status == EXIT_NO_MATCH && !error ? EXIT_MATCHED : EXIT_ERROR;
}

/* `explained` are the shown lines, with details if known. */
static int kill_then_check(const struct options *options, const char *directory,
	const struct listing *shown, const struct listing *explained)
{
	struct port_holders shown_holders;
	struct port_holders explained_holders = {0};
	int error = port_holders_read(buffer_bytes(&shown->lines), &shown_holders);
	bool has_reported = false;
	int status = EXIT_ERROR;

	if (!error)
		error = port_holders_read(buffer_bytes(&explained->lines), &explained_holders);
	if (error) {
		diag("nothing was killed: %s", diag_error(error));
	} else {
		/* Without details, pf-kill asks pf-resolve itself. */
		status = kill_holders(options, directory, explained->has_error ? shown : explained,
			&has_reported);
		if (!options->dry_run &&
			check_ports(options, directory, &shown_holders, &explained_holders,
				has_reported) == EXIT_ERROR)
			status = EXIT_ERROR;
	}
	port_holders_release(&explained_holders);
	port_holders_release(&shown_holders);
	return status;
}

int kill_and_check(
	const struct options *options, const char *directory, const struct listing *shown)
{
	struct listing explained;
	struct buffer others;
	int status;

	other_ports_list(options, directory, shown, &others);
	other_ports_report(buffer_bytes(&others));
	buffer_release(&others);
	listing_explain(shown, directory, &explained);
	status = kill_then_check(options, directory, shown, &explained);
	listing_release(&explained);
	return status;
}
