#include "completion.h"

#include <errno.h>

#include "base/array.h"
#include "stream/details.h"

/* The lines are worth having without what could not be found out. */
static void go_on_after(struct completion *completion, int error)
{
	if (error && !completion->error)
		completion->error = error;
}

static int hold(struct completion *completion, struct bytes line, struct held_line what)
{
	struct held_line *held = array_reserve(
		completion->held, completion->count, &completion->capacity, sizeof(*held));
	int error = -ENOMEM;

	if (held) {
		completion->held = held;
		error = buffer_append(&completion->text, line.data, line.length);
	}
	if (!error) {
		what.length = line.length;
		held[completion->count++] = what;
	}
	return error;
}

static int ask_users(struct completion *completion)
{
	uint32_t *uids = malloc((completion->count + 1) * sizeof(*uids));
	size_t count = 0;
	int error;

	if (!uids)
		return -ENOMEM;
	for (size_t i = 0; i < completion->count; i++)
		if (completion->held[i].uid != LISTENER_NONE)
			uids[count++] = (uint32_t)completion->held[i].uid;
	error = resolver_ask_users(completion->resolver, uids, count);
	free(uids);
	return error;
}

/* The line without its newline, which those who complete it append. */
static struct bytes line_of(const struct buffer *text)
{
	return (struct bytes){text->data, text->length - 1};
}

/* By what making it has given, unless that has failed. */
static int replace_scratch(struct completion *completion, struct buffer *complete, int error)
{
	if (error) {
		buffer_release(complete);
		return error;
	}
	buffer_release(&completion->scratch);
	completion->scratch = *complete;
	return 0;
}

static int add_user(struct completion *completion, int64_t uid)
{
	struct bytes user = resolver_user(completion->resolver, (uint32_t)uid);
	struct buffer complete = {0};
	int error;

	if (!user.data)
		return 0;
	error = listener_complete(
		line_of(&completion->scratch), (struct bytes){0}, user, &complete);
	return replace_scratch(completion, &complete, error);
}

static int add_details(struct completion *completion, const struct held_line *held)
{
	struct buffer complete = {0};
	int error = details_append(line_of(&completion->scratch),
		inquiry_find(completion->inquiry, held->pid, held->pid_start), &complete);

	return replace_scratch(completion, &complete, error);
}

static int write_held_line(
	struct completion *completion, struct bytes line, const struct held_line *held)
{
	int error;

	completion->scratch.length = 0;
	error = buffer_append(&completion->scratch, line.data, line.length);
	if (error) {
		go_on_after(completion, error);
		return writer_put(&completion->output, line);
	}
	if (held->uid != LISTENER_NONE)
		go_on_after(completion, add_user(completion, held->uid));
	if (held->pid != LISTENER_NONE)
		go_on_after(completion, add_details(completion, held));
	return writer_put(&completion->output, buffer_bytes(&completion->scratch));
}

static void ask(struct completion *completion)
{
	go_on_after(completion, ask_users(completion));
	if (completion->inquiry)
		go_on_after(completion, inquiry_ask(completion->inquiry));
}

static int write_held(struct completion *completion)
{
	struct bytes rest = buffer_bytes(&completion->text);
	int error = 0;

	/* The answer may take seconds, for which the lines before need not wait. */
	if (completion->count)
		error = writer_flush(&completion->output);
	if (!error && completion->count)
		ask(completion);
	for (size_t i = 0; !error && i < completion->count; i++) {
		const struct held_line *held = &completion->held[i];

		error = write_held_line(completion, (struct bytes){rest.data, held->length}, held);
		rest = bytes_skip(rest, held->length);
	}
	completion->text.length = 0;
	completion->count = 0;
	return error;
}

static int complete_line(
	struct completion *completion, struct bytes line, const struct listener *listener)
{
	struct buffer *scratch = &completion->scratch;
	struct held_line what = {.uid = LISTENER_NONE, .pid = LISTENER_NONE};
	struct bytes command;
	struct bytes user;
	int status;

	if (resolver_look_up(completion->resolver, listener, &command, &user))
		what.uid = listener->uid;
	scratch->length = 0;
	status = listener_complete(line, command, user, scratch);
	if (!status && completion->inquiry && listener->pid != LISTENER_NONE) {
		what.pid = listener->pid;
		what.pid_start = listener->pid_start;
		status = inquiry_add(completion->inquiry, listener);
	}
	if (status)
		return status;
	if (what.uid == LISTENER_NONE && !completion->inquiry && completion->count == 0)
		return writer_put(&completion->output, buffer_bytes(scratch));
	status = hold(completion, buffer_bytes(scratch), what);
	if (!status && !completion->inquiry && completion->text.length >= COMPLETION_HELD_MAX)
		status = write_held(completion);
	return status;
}

/* Behind those that were held before. */
static int pass_on_unchanged(struct completion *completion, struct bytes line)
{
	int error = write_held(completion);

	if (!error)
		error = writer_put(&completion->output, line);
	return error ? error : writer_put(&completion->output, bytes_of("\n"));
}

int completion_take(
	struct completion *completion, struct bytes line, const struct listener *listener)
{
	int error = complete_line(completion, line, listener);

	if (!error || completion->output.error)
		return error;
	go_on_after(completion, error);
	return pass_on_unchanged(completion, line);
}

int completion_pass_on(struct completion *completion)
{
	int error = write_held(completion);

	return error ? error : writer_flush(&completion->output);
}

void completion_release(struct completion *completion)
{
	buffer_release(&completion->text);
	buffer_release(&completion->scratch);
	free(completion->held);
}
