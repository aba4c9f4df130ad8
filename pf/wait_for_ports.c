#include "wait_for_ports.h"

#include "base/number.h"
#include "cli/diag.h"
#include "cli/exit_status.h"
#include "os/os.h"
#include "port_holders.h"
#include "wait_messages.h"

enum {
	NO_WATCH = -1,
	/* Between looks, if the kernel sends no events: doubled each time. */
	SHORTEST_PAUSE = 5,
	LONGEST_PAUSE = 200,
	/* If the kernel sends events; there are none for some changes. */
	WATCHED_PAUSE = 1000,
};

struct waiting {
	struct options options; /* with the collector that worked at the first look */
	const char *directory;
	enum wanted wanted;
	int watch; /* or NO_WATCH */
	int64_t deadline;
	int64_t pause; /* the last one; 0: none yet */
	char program[PROGRAM_NAME_MAX]; /* options.collector may point here */
};

/* A custom collector may list another machine, about which this kernel sends no events. */
static bool is_of_this_machine(const char *collector)
{
	const char *const *own = os_collectors();
	bool found = !collector;

	for (size_t i = 0; !found && own[i]; i++)
		found = strcmp(collector, own[i]) == 0;
	return found;
}

static int open_watch(const struct options *options, enum wanted wanted)
{
	int watch = NO_WATCH;
	uint16_t low;
	uint16_t high;

	port_set_bounds(options->port_set, &low, &high);
	if (wanted == WANTED_FREE && is_of_this_machine(options->collector))
		(void)os_sockets_watch_open(
			options->tcp || !options->udp, options->udp, low, high, &watch);
	return watch;
}

static void close_watch(struct waiting *waiting)
{
	if (waiting->watch != NO_WATCH)
		os_sockets_watch_close(waiting->watch);
	waiting->watch = NO_WATCH;
}

static void look_once(struct waiting *waiting, enum look look, struct listing *ret_listing)
{
	static const char prefix[] = "pf-collect-";
	struct listing_run run;

	listing_begin(&waiting->options, waiting->directory, look, &run);
	listing_finish(&run, SPAWN_NULL, ret_listing);
	/* If the best one doesn't work here, don't try it again. */
	if (!waiting->options.collector) {
		memcpy(waiting->program, run.program, sizeof(waiting->program));
		waiting->options.collector = waiting->program + strlen(prefix);
	}
}

static bool all_are_held(char **ports, const struct port_holders *holders)
{
	unsigned low;
	unsigned high;

	for (; *ports; ports++)
		for (struct bytes spec = bytes_of(*ports); port_set_cut(&spec, &low, &high);)
			if (!port_holders_are_on(holders, low, high))
				return false;
	return true;
}

/* Whether the condition is met, as an exit status. */
static int evaluate(const struct waiting *waiting, const struct listing *listing)
{
	struct port_holders holders;
	bool is_met;
	int error;

	if (listing->has_error)
		return EXIT_ERROR;
	if (waiting->wanted != WANTED_LISTENING) {
		is_met = (waiting->wanted == WANTED_TAKEN) == (listing->count > 0);
		return is_met ? EXIT_MATCHED : EXIT_NO_MATCH;
	}
	error = port_holders_read(buffer_bytes(&listing->lines), &holders);
	if (error)
		diag("%s", diag_error(error));
	is_met = all_are_held(waiting->options.ports, &holders);
	port_holders_release(&holders);
	return error ? EXIT_ERROR : is_met ? EXIT_MATCHED : EXIT_NO_MATCH;
}

static int64_t at_most(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void lengthen_pause(struct waiting *waiting)
{
	waiting->pause = waiting->pause ? at_most(2 * waiting->pause, LONGEST_PAUSE)
					: SHORTEST_PAUSE;
}

/* Sleeps until the next look, but not beyond the deadline. */
static void pause_between_looks(struct waiting *waiting)
{
	int64_t start = os_clock();
	int64_t left = waiting->deadline - start;
	int news = -1;

	if (waiting->watch != NO_WATCH)
		news = os_sockets_watch_wait(waiting->watch, at_most(left, WATCHED_PAUSE));
	if (news == 0) {
		waiting->pause = 0;
		return;
	}
	if (news < 0) {
		close_watch(waiting);
		lengthen_pause(waiting);
	}
	/* Look immediately after the first event; limit the rate if events keep coming. */
	os_pause(at_most(left, waiting->pause) - (os_clock() - start));
	if (news > 0)
		lengthen_pause(waiting);
}

int wait_for_ports(const struct options *options, const char *directory, enum wanted wanted,
	enum look look, int64_t milliseconds, struct listing *ret_listing)
{
	struct waiting waiting = {
		.options = *options,
		.directory = directory,
		.wanted = wanted,
		/* Before the first look, so that no event is missed. */
		.watch = open_watch(options, wanted),
		.deadline = milliseconds < 0 ? INT64_MAX : os_clock() + milliseconds,
	};
	bool is_first = true;
	int status;

	for (;;) {
		look_once(&waiting, is_first ? look : LOOK_AGAIN, ret_listing);
		status = evaluate(&waiting, ret_listing);
		if (status != EXIT_NO_MATCH || os_clock() >= waiting.deadline)
			break;
		if (is_first && look == LOOK_FIRST)
			wait_messages_begin(options, wanted, buffer_bytes(&ret_listing->lines));
		is_first = false;
		listing_release(ret_listing);
		pause_between_looks(&waiting);
	}
	if (status == EXIT_ERROR && (!is_first || look == LOOK_AGAIN))
		diag("looking again failed: list the ports to see why");
	close_watch(&waiting);
	return status;
}

int wait_run(const struct options *options, const char *directory)
{
	enum wanted wanted = options->wait ? WANTED_FREE : WANTED_LISTENING;
	int64_t milliseconds = WAIT_FOREVER;
	struct listing listing;
	int status;

	if (options->timeout)
		(void)number_parse_seconds(bytes_of(options->timeout), &milliseconds);
	status = wait_for_ports(options, directory, wanted, LOOK_FIRST, milliseconds, &listing);
	if (status == EXIT_NO_MATCH)
		wait_messages_end(options, wanted, buffer_bytes(&listing.lines), milliseconds);
	listing_release(&listing);
	return status;
}
