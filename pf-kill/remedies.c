#include "remedies.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "cli/stage.h"
#include "os/os.h"
#include "stream/listener_input.h"

static bool needs_asking(const struct target *target)
{
	return target->verdict == VERDICT_NONE && target->pid != LISTENER_NONE &&
		target->identity != LISTENER_NONE;
}

static int append_lines(const struct targets *targets, struct buffer *lines)
{
	int error = 0;

	for (size_t i = 0; !error && i < targets->count; i++) {
		const struct target *target = &targets->items[i];
		const struct listener listener = {
			.proto = target->proto,
			.address = target->address,
			.port = target->port,
			.pid = target->pid,
			.pid_start = target->identity,
			.uid = LISTENER_NONE,
			.fd = LISTENER_NONE,
			.inode = LISTENER_NONE,
		};

		if (needs_asking(target))
			error = listener_encode(&listener, lines);
	}
	return error;
}

static int take_answer(struct target *target, struct bytes line, const struct listener *listener)
{
	struct details details = details_none;
	struct listener_problem problem;
	int error;

	if (listener->pid != target->pid || listener->pid_start != target->identity)
		return -EBADMSG;
	error = details_decode(line, listener, &details, &problem);
	if (!error)
		error = target_set_remedy(target, &details.remedy);
	details_release(&details);
	return error == -EINVAL ? -EBADMSG : error;
}

/* The lines come back in the order they were written. */
static int take_answers(struct targets *targets, struct listener_input *input)
{
	int error = 0;

	for (size_t i = 0; !error && i < targets->count; i++) {
		struct target *target = &targets->items[i];
		struct listener listener;
		struct bytes line;

		if (!needs_asking(target))
			continue;
		if (!listener_input_next(input, &line, &listener))
			return -EBADMSG;
		error = take_answer(target, line, &listener);
		listener_release(&listener);
	}
	return error;
}

/*
 * Writes all lines before reading: with --details, pf-resolve reads to the end of its input before
 * it writes, so that it can run each tool once.
 */
static int run_resolve(struct targets *targets, struct bytes lines)
{
	static const char *const argv[] = {"pf-resolve", "--details", NULL};
	struct stage resolve = {
		.directory = stage_directory(), .name = argv[0], .reports_errors = true};
	struct listener_input input = {0};
	int write_end;
	int error = spawn_pipe(&input.reader.fd, &write_end);
	int feed;

	if (error) {
		diag("%s", diag_error(error));
		return error;
	}
	feed = stage_start_fed(&resolve, argv, write_end);
	spawn_close(write_end);
	error = stage_feed(&resolve, feed, lines);
	if (!error)
		error = take_answers(targets, &input);
	spawn_close(input.reader.fd);
	/* After a failure, already reported, answers are missing. */
	if (stage_finish(&resolve) != EXIT_MATCHED && (!error || error == -EBADMSG))
		error = -EIO;
	else if (error == -EBADMSG)
		diag("pf-resolve: its answer is about other processes");
	else if (error)
		diag("%s", diag_error(error));
	listener_input_release(&input);
	return error;
}

int remedies_ask(struct targets *targets)
{
	struct buffer lines = {0};
	int error = append_lines(targets, &lines);

	if (error)
		diag("%s", diag_error(error));
	else if (lines.length)
		error = run_resolve(targets, buffer_bytes(&lines));
	buffer_release(&lines);
	return error;
}
