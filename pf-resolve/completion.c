#include "completion.h"

#include <errno.h>

#include "array.h"

static int hold(struct completion *completion, struct bytes line, int64_t uid)
{
	struct held_line *held = array_reserve(
		completion->held, completion->count, &completion->capacity, sizeof(*held));
	int error = -ENOMEM;

	if (held) {
		completion->held = held;
		error = buffer_append(&completion->text, line.data, line.length);
	}
	if (!error)
		held[completion->count++] = (struct held_line){line.length, uid};
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

static int write_held_line(struct completion *completion, struct bytes line, int64_t uid)
{
	struct bytes user = {0};
	int error;

	if (uid != LISTENER_NONE)
		user = resolver_user(completion->resolver, (uint32_t)uid);
	if (!user.data)
		return writer_put(&completion->output, line);
	line.length--; /* the newline, which comes back */
	completion->scratch.length = 0;
	error = listener_complete(line, (struct bytes){0}, user, &completion->scratch);
	if (error)
		return error;
	return writer_put(&completion->output, buffer_bytes(&completion->scratch));
}

static int write_held(struct completion *completion)
{
	struct bytes rest = buffer_bytes(&completion->text);
	int error = 0;

	/* The answer may take seconds, for which the lines before need not wait. */
	if (completion->count)
		error = writer_flush(&completion->output);
	if (!error && completion->count)
		error = ask_users(completion);
	for (size_t i = 0; !error && i < completion->count; i++) {
		const struct held_line *held = &completion->held[i];

		error = write_held_line(
			completion, (struct bytes){rest.data, held->length}, held->uid);
		rest = bytes_skip(rest, held->length);
	}
	completion->text.length = 0;
	completion->count = 0;
	return error;
}

int completion_take(
	struct completion *completion, struct bytes line, const struct listener *listener)
{
	struct buffer *scratch = &completion->scratch;
	struct bytes command;
	struct bytes user;
	int status = resolver_look_up(completion->resolver, listener, &command, &user);
	bool is_waiting = status > 0;

	scratch->length = 0;
	if (status >= 0)
		status = listener_complete(line, command, user, scratch);
	if (status)
		return status;
	if (!is_waiting && completion->count == 0)
		return writer_put(&completion->output, buffer_bytes(scratch));
	status = hold(
		completion, buffer_bytes(scratch), is_waiting ? listener->uid : LISTENER_NONE);
	if (!status && completion->text.length >= COMPLETION_HELD_MAX)
		status = write_held(completion);
	return status;
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
