#include "line_filler.h"

#include <errno.h>

#include "base/array.h"
#include "stream/details.h"

/* Lines are passed on even if something about them could not be found. */
static void note_error(struct line_filler *filler, int error)
{
	if (error && !filler->error)
		filler->error = error;
}

static int hold(struct line_filler *filler, struct bytes line, struct held_line what)
{
	struct held_line *held = array_reserve(
		filler->held, filler->count, &filler->capacity, sizeof(*held));
	int error = -ENOMEM;

	if (held) {
		filler->held = held;
		error = buffer_append(&filler->text, line.data, line.length);
	}
	if (!error) {
		what.length = line.length;
		held[filler->count++] = what;
	}
	return error;
}

static int ask_users(struct line_filler *filler)
{
	uint32_t *uids = malloc((filler->count + 1) * sizeof(*uids));
	size_t count = 0;
	int error;

	if (!uids)
		return -ENOMEM;
	for (size_t i = 0; i < filler->count; i++)
		if (filler->held[i].uid != LISTENER_NONE)
			uids[count++] = (uint32_t)filler->held[i].uid;
	error = resolver_ask_users(filler->resolver, uids, count);
	free(uids);
	return error;
}

/* The line without its newline, which the functions that complete it append. */
static struct bytes line_of(const struct buffer *text)
{
	return (struct bytes){text->data, text->length - 1};
}

/* Replaces the scratch line by *complete, unless making that failed. */
static int replace_scratch(struct line_filler *filler, struct buffer *complete, int error)
{
	if (error) {
		buffer_release(complete);
		return error;
	}
	buffer_release(&filler->scratch);
	filler->scratch = *complete;
	return 0;
}

static int add_user(struct line_filler *filler, int64_t uid)
{
	struct bytes user = resolver_user(filler->resolver, (uint32_t)uid);
	struct buffer complete = {0};
	int error;

	if (!user.data)
		return 0;
	error = listener_complete(line_of(&filler->scratch), (struct bytes){0}, user, &complete);
	return replace_scratch(filler, &complete, error);
}

static int add_details(struct line_filler *filler, const struct held_line *held)
{
	struct buffer complete = {0};
	const struct details *details = held->is_hidden
		? explainer_find_hidden(filler->explainer, held->number)
		: explainer_find(filler->explainer, held->pid, held->identity);
	int error = details_append(line_of(&filler->scratch), details, &complete);

	return replace_scratch(filler, &complete, error);
}

static int write_held_line(
	struct line_filler *filler, struct bytes line, const struct held_line *held)
{
	int error;

	filler->scratch.length = 0;
	error = buffer_append(&filler->scratch, line.data, line.length);
	if (error) {
		note_error(filler, error);
		return writer_put(&filler->output, line);
	}
	if (held->uid != LISTENER_NONE)
		note_error(filler, add_user(filler, held->uid));
	if (held->pid != LISTENER_NONE || held->is_hidden)
		note_error(filler, add_details(filler, held));
	return writer_put(&filler->output, buffer_bytes(&filler->scratch));
}

static void ask(struct line_filler *filler)
{
	note_error(filler, ask_users(filler));
	if (filler->explainer)
		note_error(filler, explainer_run(filler->explainer));
}

static int write_held(struct line_filler *filler)
{
	struct bytes rest = buffer_bytes(&filler->text);
	int error = 0;

	/* Answers may take seconds: pass on the earlier lines first. */
	if (filler->count)
		error = writer_flush(&filler->output);
	if (!error && filler->count)
		ask(filler);
	for (size_t i = 0; !error && i < filler->count; i++) {
		const struct held_line *held = &filler->held[i];

		error = write_held_line(filler, (struct bytes){rest.data, held->length}, held);
		rest = bytes_skip(rest, held->length);
	}
	filler->text.length = 0;
	filler->count = 0;
	return error;
}

static int complete_line(
	struct line_filler *filler, struct bytes line, const struct listener *listener)
{
	struct buffer *scratch = &filler->scratch;
	struct held_line what = {.uid = LISTENER_NONE, .pid = LISTENER_NONE};
	struct bytes command = {0};
	struct bytes user = {0};
	int status;

	/* This machine knows nothing of another one's pids and users. */
	if (!listener->host.data && resolver_look_up(filler->resolver, listener, &command, &user))
		what.uid = listener->uid;
	scratch->length = 0;
	status = listener_complete(line, command, user, scratch);
	if (listener->host.data) {
		/* It is only passed on. */
	} else if (!status && filler->explainer && listener->pid != LISTENER_NONE) {
		what.pid = listener->pid;
		what.identity = listener->pid_start;
		status = explainer_add(filler->explainer, listener);
	} else if (!status && filler->explainer) {
		what.is_hidden = true;
		status = explainer_add_hidden(filler->explainer, listener, &what.number);
	}
	if (status)
		return status;
	if (what.uid == LISTENER_NONE && !filler->explainer && filler->count == 0)
		return writer_put(&filler->output, buffer_bytes(scratch));
	status = hold(filler, buffer_bytes(scratch), what);
	if (!status && !filler->explainer && filler->text.length >= LINE_FILLER_HELD_MAX)
		status = write_held(filler);
	return status;
}

/* After the lines that are held. */
static int pass_on_unchanged(struct line_filler *filler, struct bytes line)
{
	int error = write_held(filler);

	if (!error)
		error = writer_put(&filler->output, line);
	return error ? error : writer_put(&filler->output, bytes_of("\n"));
}

int line_filler_take(struct line_filler *filler, struct bytes line, const struct listener *listener)
{
	int error = complete_line(filler, line, listener);

	if (!error || filler->output.error)
		return error;
	note_error(filler, error);
	return pass_on_unchanged(filler, line);
}

int line_filler_flush(struct line_filler *filler)
{
	int error = write_held(filler);

	return error ? error : writer_flush(&filler->output);
}

void line_filler_release(struct line_filler *filler)
{
	buffer_release(&filler->text);
	buffer_release(&filler->scratch);
	free(filler->held);
}
