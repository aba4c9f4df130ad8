#include "remedies.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "cli/stage.h"
#include "os/os.h"
#include "stream/listener_input.h"

static bool lacks_remedy(const struct target *target)
{
	return !target->host.length && target->verdict == VERDICT_NONE &&
		target->pid != LISTENER_NONE && target->identity != LISTENER_NONE;
}

/* Some or all of the targets without a remedy. */
struct batch {
	struct target *const *items;
	size_t count;
};

static int append_lines(const struct batch *batch, struct buffer *lines)
{
	int error = 0;

	for (size_t i = 0; !error && i < batch->count; i++) {
		const struct target *target = batch->items[i];
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

		error = listener_encode(&listener, lines);
	}
	return error;
}

static int read_answer(struct target *target, struct bytes line, const struct listener *listener)
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

/* Answers come in the order of the questions. */
static int read_answers(const struct batch *batch, struct listener_input *input)
{
	int error = 0;

	for (size_t i = 0; !error && i < batch->count; i++) {
		struct listener listener;
		struct bytes line;

		if (!listener_input_next(input, &line, &listener))
			return -EBADMSG;
		error = read_answer(batch->items[i], line, &listener);
		listener_release(&listener);
	}
	return error;
}

/*
 * Writes all lines before reading: with --details, pf-resolve reads to the end of its input before
 * it writes, so that it can run each tool once.
 */
static int run_resolve(const struct batch *batch, struct bytes lines, bool is_silent)
{
	static const char *const argv[] = {"pf-resolve", "--details", NULL};
	struct stage resolve = {.directory = stage_directory(),
		.name = argv[0],
		.is_silent = is_silent,
		.reports_errors = true};
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
		error = read_answers(batch, &input);
	spawn_close(input.reader.fd);
	if (stage_finish(&resolve) != EXIT_MATCHED && (!error || error == -EBADMSG))
		/* Already reported. If all answers are there, one is incomplete. */
		error = !error && resolve.has_reported ? -EAGAIN : -EIO;
	else if (error == -EBADMSG)
		diag("pf-resolve: its answer is about other processes");
	else if (error)
		diag("%s", diag_error(error));
	listener_input_release(&input);
	return error;
}

/* Returns -EAGAIN if an answer is incomplete; with several targets, which one is unknown. */
static int ask(const struct batch *batch, bool is_silent)
{
	struct buffer lines = {0};
	int error = append_lines(batch, &lines);

	if (error)
		diag("%s", diag_error(error));
	else
		error = run_resolve(batch, buffer_bytes(&lines), is_silent);
	buffer_release(&lines);
	return error;
}

/* Bisects the targets to find the ones whose answers are incomplete. */
static int ask_halves(const struct batch *batch, size_t *failed_count)
{
	const struct batch halves[] = {
		{batch->items, batch->count / 2},
		{batch->items + batch->count / 2, batch->count - batch->count / 2},
	};
	int error = 0;

	if (batch->count == 1) {
		++*failed_count;
		return target_set_obstacle(
			batch->items[0], "whether anything would restart it is unknown");
	}
	for (int i = 0; i < 2 && !error; i++) {
		error = ask(&halves[i], true);
		if (error == -EAGAIN)
			error = ask_halves(&halves[i], failed_count);
	}
	return error;
}

static int ask_all(const struct batch *batch)
{
	size_t failed_count = 0;
	int error = batch->count ? ask(batch, false) : 0;

	if (error == -EAGAIN)
		error = ask_halves(batch, &failed_count);
	return failed_count && failed_count == batch->count ? -EIO : error;
}

int remedies_ask(struct targets *targets)
{
	struct target **items = calloc(targets->count + 1, sizeof(struct target *));
	struct batch batch = {items, 0};
	int error;

	if (!items) {
		diag("%s", diag_error(-ENOMEM));
		return -ENOMEM;
	}
	for (size_t i = 0; i < targets->count; i++)
		if (lacks_remedy(&targets->items[i]))
			items[batch.count++] = &targets->items[i];
	error = ask_all(&batch);
	free(items);
	return error;
}
