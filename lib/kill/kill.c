#include "kill/kill.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>

#include "cli/diag.h"

__attribute__((format(PF_PRINTF, 3, 4))) static void report_status(
	struct writer *output, const struct target *target, const char *format, ...)
{
	char what[128];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	writer_put(output, bytes_of(target->label));
	writer_put(output, bytes_of(": "));
	writer_put(output, bytes_of(what));
	writer_put(output, bytes_of("\n"));
	writer_flush(output);
}

static void refuse(struct target *target, const char *why)
{
	diag("%s: not killed: %s", target->label, why);
	target->state = TARGET_REFUSED;
}

static void refuse_for_remedy(struct target *target)
{
	diag("%s: not killed (--force overrides): %.*s", target->label, (int)target->remedy.length,
		target->remedy.data);
	target->state = TARGET_REFUSED;
}

static void refuse_for_rights(struct target *target)
{
	char why[96];

	snprintf(why, sizeof(why), "it is another user's: %s", os_how_to_get_rights());
	refuse(target, why);
}

/* Opens the listed process, or reports why not. */
static void open_target(
	const struct kill_options *options, struct target *target, struct writer *output)
{
	char why[TARGET_OBJECTION_MAX];
	int error;

	if (target_is_refused(target, why)) {
		refuse(target, why);
		return;
	}
	error = os_process_open(target->pid, target->identity, &target->process);
	if (error == -ESRCH) {
		report_status(output, target, "already gone");
		target->state = TARGET_ENDED;
	} else if (error == -EEXIST) {
		refuse(target, "another process has this pid now: list again");
	} else if (error == -EXDEV) {
		refuse(target,
			"/proc shows another pid namespace than this command's own: run it "
			"where /proc was mounted");
	} else if (error == -EACCES) {
		refuse_for_rights(target);
	} else if (error == -EMFILE) {
		refuse(target, "this command may open too few files: allow it more (ulimit -n)");
	} else if (error == -ENOSYS) {
		refuse(target,
			os_has_processes()
				? "ending processes is not supported on this system"
				: "whether it is still the listed process is unknown: mount "
				  "/proc");
	} else if (error) {
		refuse(target, diag_error(error));
	} else if (target->verdict == VERDICT_STOP && !options->force) {
		refuse_for_remedy(target);
	} else if (target_has_let_go(target)) {
		report_status(output, target, "no longer holds the port: left alone");
		target->state = TARGET_ENDED;
	} else {
		target->state = TARGET_OPEN;
	}
}

static bool user_agrees(const struct target *target)
{
	char question[192];
	int answer;

	snprintf(question, sizeof(question), "End %s, which holds port %u? [y/N] ", target->label,
		target->port);
	answer = os_ask(question);
	if (answer < 0)
		diag("%s: not killed: there is no terminal to ask on: omit --interactive",
			target->label);
	else if (answer == 0)
		diag("%s: left alone", target->label);
	return answer > 0;
}

/* `instead` is for a process that can't be asked to end; 0: no other signal. */
static void signal_target(struct target *target, int signal, int instead, struct writer *output)
{
	int error = os_process_signal(&target->process, signal);

	if (error == -ENOTSUP && instead)
		error = os_process_signal(&target->process, instead);
	if (error == -ESRCH) {
		report_status(output, target, "already gone");
		target->state = TARGET_ENDED;
	} else if (error == -EPERM) {
		refuse_for_rights(target);
	} else if (error == -ENOTSUP) {
		refuse(target, "it has no window that could be closed: use --force");
	} else if (error) {
		refuse(target, diag_error(error));
	} else {
		target->state = TARGET_SIGNALLED;
	}
}

/* Signal 0 tests whether the real one would be permitted. */
static void dry_run_target(struct target *target, const char *signal_name, struct writer *output)
{
	signal_target(target, 0, 0, output);
	if (target->state == TARGET_SIGNALLED)
		report_status(output, target, "would get %s", signal_name);
}

static size_t count_signalled(const struct targets *targets)
{
	size_t count = 0;

	for (size_t i = 0; i < targets->count; i++)
		count += targets->items[i].state == TARGET_SIGNALLED;
	return count;
}

/* The processes to wait for, and the index of each one's target. */
struct waiting {
	struct os_process *processes;
	size_t *targets;
	bool *ended;
	size_t count;
};

static int waiting_new(const struct targets *targets, struct waiting *ret_waiting)
{
	size_t count = count_signalled(targets);
	struct waiting waiting = {
		.processes = calloc(count + 1, sizeof(*waiting.processes)),
		.targets = calloc(count + 1, sizeof(*waiting.targets)),
		.ended = calloc(count + 1, sizeof(*waiting.ended)),
	};

	*ret_waiting = waiting;
	if (!waiting.processes || !waiting.targets || !waiting.ended)
		return -ENOMEM;
	for (size_t i = 0; i < targets->count; i++) {
		if (targets->items[i].state != TARGET_SIGNALLED)
			continue;
		ret_waiting->processes[ret_waiting->count] = targets->items[i].process;
		ret_waiting->targets[ret_waiting->count++] = i;
	}
	return 0;
}

static void waiting_release(struct waiting *waiting)
{
	free(waiting->processes);
	free(waiting->targets);
	free(waiting->ended);
}

/* Waits once, and reports which targets have ended. Returns 0 or a negative errno. */
static int wait_once(struct targets *targets, int64_t milliseconds, struct writer *output)
{
	struct waiting waiting;
	int ended = waiting_new(targets, &waiting);

	if (!ended)
		ended = os_processes_wait(
			waiting.processes, waiting.count, milliseconds, waiting.ended);
	for (size_t i = 0; ended > 0 && i < waiting.count; i++) {
		struct target *target = &targets->items[waiting.targets[i]];

		if (waiting.ended[i]) {
			report_status(output, target, "ended");
			target->state = TARGET_ENDED;
		}
	}
	waiting_release(&waiting);
	return ended < 0 ? ended : 0;
}

static void report_waiting(const struct targets *targets, int64_t milliseconds)
{
	for (size_t i = 0; i < targets->count; i++)
		if (targets->items[i].state == TARGET_SIGNALLED)
			diag_to_terminal("waiting up to %" PRId64 " s more for %s to end",
				(milliseconds + 999) / 1000, targets->items[i].label);
}

/* Waits until all signalled targets have ended, or until the timeout. */
static void wait_for_end(
	const struct kill_options *options, struct targets *targets, struct writer *output)
{
	/* After this, tell the user what is being waited for. */
	enum { SILENT_MILLISECONDS = 1000 };
	int64_t start = os_clock();
	bool has_reported = false;

	while (count_signalled(targets)) {
		int64_t gone = os_clock() - start;
		int64_t left = options->timeout - gone;
		int64_t next = left;
		int error;

		if (left < 0)
			break;
		if (!has_reported && gone >= SILENT_MILLISECONDS) {
			report_waiting(targets, left);
			has_reported = true;
		}
		if (!has_reported && left > SILENT_MILLISECONDS - gone)
			next = SILENT_MILLISECONDS - gone;
		error = wait_once(targets, next, output);
		if (error) {
			diag("waiting for the processes to end: %s", diag_error(error));
			break;
		}
		if (left == 0)
			break;
	}
}

/* A stopped process takes no signal but SIGKILL until it goes on. */
static void let_go_on(struct target *target, struct writer *output)
{
	int signal;

	if (os_process_state(target->pid) != OS_PROCESS_STOPPED ||
		os_signal_number("CONT", &signal))
		return;
	report_status(output, target, "stopped (as by Ctrl-Z): continued, so that it can end");
	(void)os_process_signal(&target->process, signal);
}

static void signal_all(struct targets *targets, enum target_state state, int signal, int instead,
	struct writer *output)
{
	for (size_t i = 0; i < targets->count; i++)
		if (targets->items[i].state == state) {
			signal_target(&targets->items[i], signal, instead, output);
			if (targets->items[i].state == TARGET_SIGNALLED &&
				signal != os_signal_kill())
				let_go_on(&targets->items[i], output);
		}
}

/* What would end a process that the signal has not. */
static const char *what_would_help(
	const struct kill_options *options, const struct target *target, bool was_killed)
{
	if (os_process_state(target->pid) == OS_PROCESS_FROZEN && !was_killed)
		return "its cgroup is frozen: thaw it (docker unpause, systemctl thaw), or use "
		       "--force";
	if (!was_killed)
		return "use --force, or a longer --timeout";
	/* A process that dies takes a moment to be gone. */
	if (options->timeout == 0)
		return "use a longer --timeout to see it end";
	return "the kernel ends it when what it waits for (a disk, a network file system) "
	       "answers";
}

static void report_survivors(
	const struct kill_options *options, const struct targets *targets, int signal)
{
	bool was_killed = signal == os_signal_kill();
	char number[OS_SIGNAL_NAME_MAX];

	for (size_t i = 0; i < targets->count; i++) {
		const struct target *target = &targets->items[i];

		if (target->state == TARGET_SIGNALLED)
			diag("%s: still running %g s after %s: %s", target->label,
				(double)options->timeout / 1000, os_signal_name(signal, number),
				what_would_help(options, target, was_killed));
	}
}

static void end_all(
	const struct kill_options *options, struct targets *targets, struct writer *output)
{
	int signal = options->signal;

	signal_all(targets, TARGET_OPEN, signal, options->force ? os_signal_kill() : 0, output);
	wait_for_end(options, targets, output);
	if (options->force && signal != os_signal_kill() && count_signalled(targets)) {
		char number[OS_SIGNAL_NAME_MAX];

		signal = os_signal_kill();
		for (size_t i = 0; i < targets->count; i++)
			if (targets->items[i].state == TARGET_SIGNALLED)
				report_status(output, &targets->items[i], "still running: %s",
					os_signal_name(signal, number));
		signal_all(targets, TARGET_SIGNALLED, signal, 0, output);
		wait_for_end(options, targets, output);
	}
	report_survivors(options, targets, signal);
}

/* True if every target is in `state` or has ended. */
static bool all_are(const struct targets *targets, enum target_state state)
{
	for (size_t i = 0; i < targets->count; i++)
		if (targets->items[i].state != state && targets->items[i].state != TARGET_ENDED)
			return false;
	return true;
}

bool kill_targets(
	const struct kill_options *options, struct targets *targets, struct writer *output)
{
	char number[OS_SIGNAL_NAME_MAX];

	for (size_t i = 0; i < targets->count; i++) {
		struct target *target = &targets->items[i];

		open_target(options, target, output);
		if (target->state == TARGET_OPEN && options->dry_run)
			dry_run_target(target, os_signal_name(options->signal, number), output);
		else if (target->state == TARGET_OPEN && options->interactive &&
			!user_agrees(target))
			target->state = TARGET_REFUSED;
	}
	if (options->dry_run)
		return all_are(targets, TARGET_SIGNALLED);
	end_all(options, targets, output);
	return all_are(targets, TARGET_ENDED);
}
