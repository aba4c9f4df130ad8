#include "ending.h"

#include "diag.h"
#include "exit_status.h"
#include "holders.h"
#include "os.h"
#include "stages.h"

static int kill_holders(
	const struct options *options, const char *directory, const struct listing *shown)
{
	struct stage killer = {.directory = directory, .name = "pf-kill", .explains_trouble = true};
	const char *arguments[STAGE_ARGUMENTS_MAX] = {killer.name};
	size_t count = 1;
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
	stage_feed(fd, buffer_bytes(&shown->lines));
	return stage_finish(&killer);
}

static void say_held(const struct listener *listener, bool is_new)
{
	const char *advice = is_new
		? ": where a supervisor starts it again, stop it there (systemctl stop, pm2 stop, "
		  "docker stop)"
		: "";
	char name[HOLDER_NAME_MAX];

	diag("port %u: %s held by %s%s", listener->port, is_new ? "now" : "still",
		holder_name(listener, name), advice);
}

static void say_all_held(const struct listing *shown, const struct listing *now)
{
	struct bytes rest = buffer_bytes(&now->lines);
	struct listener listener;

	while (holders_next(buffer_bytes(&now->lines), &rest, &listener)) {
		say_held(&listener, !holders_have(buffer_bytes(&shown->lines), &listener));
		listener_release(&listener);
	}
}

int ending_run(const struct options *options, const char *directory, const struct listing *shown)
{
	int status = kill_holders(options, directory, shown);
	struct listing_run run;
	struct listing now;

	if (options->dry_run)
		return status;
	listing_begin(options, directory, LOOK_AGAIN, &run);
	listing_finish(&run, SPAWN_NULL, &now);
	if (now.has_trouble)
		diag("the second look failed: the ports may not be free: list them again");
	say_all_held(shown, &now);
	if (now.has_trouble || now.count)
		status = EXIT_TROUBLE;
	listing_release(&now);
	return status;
}
