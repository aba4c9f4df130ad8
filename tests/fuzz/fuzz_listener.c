#include "fuzz.h"
#include "stream/listener.h"

const char program_name[] = "fuzz";

static bool is_same_text(struct bytes a, struct bytes b)
{
	return !a.data == !b.data && bytes_equal(a, b);
}

static void check_same(const struct listener *a, const struct listener *b)
{
	MUST(a->proto == b->proto && a->port == b->port && a->v6only == b->v6only);
	MUST(address_compare(&a->address, &b->address) == 0);
	MUST(a->pid == b->pid && a->pid_start == b->pid_start && a->uid == b->uid);
	MUST(a->fd == b->fd && a->inode == b->inode);
	MUST(is_same_text(a->command, b->command) && is_same_text(a->user, b->user));
}

static void check_decoded(struct bytes line, const struct listener *expected)
{
	struct listener_problem problem;
	struct listener listener;

	MUST(listener_decode(line, &listener, &problem) == 0);
	check_same(&listener, expected);
	listener_release(&listener);
}

/* jansson must agree with listener_fast_decode(). A trailing blank makes it a line that only
 * jansson decodes. */
static void check_fast_decode(struct bytes line)
{
	struct listener fast;
	struct listener none;
	struct buffer slow = {0};

	if (!listener_fast_decode(line, &fast))
		return;
	MUST(buffer_append_byte(&slow, ' ') == 0);
	MUST(buffer_append(&slow, line.data, line.length) == 0);
	MUST(!listener_fast_decode(buffer_bytes(&slow), &none));
	check_decoded(buffer_bytes(&slow), &fast);
	buffer_release(&slow);
}

static void check_encoding(const struct listener *listener)
{
	struct buffer line = {0};

	fuzz_check_address(&listener->address);
	MUST(listener_encode(listener, &line) == 0);
	MUST(line.length > 0 && line.data[line.length - 1] == '\n');
	line.length--;
	MUST(!fuzz_has(buffer_bytes(&line), '\n') && fuzz_is_clean(buffer_bytes(&line)));
	check_decoded(buffer_bytes(&line), listener);
	buffer_release(&line);
}

/* Hostile names. */
static void check_completion(struct bytes line, const struct listener *listener)
{
	const struct bytes command = bytes_of("\"},{\"pid\":1");
	const struct bytes user = bytes_of("\x1b]0;\n\\");
	struct listener expected = *listener;
	struct buffer completed = {0};

	expected.command = command;
	expected.user = user;
	MUST(listener_complete(line, command, user, &completed) == 0);
	check_decoded(buffer_bytes(&completed), &expected);
	completed.length = 0;
	MUST(listener_complete(line, (struct bytes){0}, (struct bytes){0}, &completed) == 0);
	MUST(completed.length == line.length + 1 && completed.data[line.length] == '\n');
	completed.length--;
	MUST(bytes_equal(line, buffer_bytes(&completed)));
	buffer_release(&completed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes line = fuzz_text(data, size);
	struct listener_problem problem = {.text = ""};
	struct listener listener;

	check_fast_decode(line);
	if (listener_decode(line, &listener, &problem)) {
		MUST(memchr(problem.text, '\0', sizeof(problem.text)) && problem.text[0]);
		return 0;
	}
	check_encoding(&listener);
	check_completion(line, &listener);
	listener_release(&listener);
	return 0;
}
