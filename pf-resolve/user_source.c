#include "user_source.h"

#include <errno.h>

#include "cli/tool.h"
#include "os/os.h"

enum {
	LIMIT_MILLISECONDS = 5000,
	UID_SIZE = sizeof("4294967295"),
	UIDS_MAX =
		4096, /* in one run: an exec takes a few hundred KiB of arguments on any system */
	WORDS_BEFORE_UIDS = 2,
};

/* getent(1): 2 means that some were not found. */
static bool has_failed(const struct spawn_output *output)
{
	return output->end.status != 0 && output->end.status != 2;
}

static int run_tool(
	const char *name, const char *path, const char *const argv[], struct buffer *passwd)
{
	struct tool tool = {
		.name = name,
		.limit_variable = "PF_GETENT_TIMEOUT",
		.limit = LIMIT_MILLISECONDS,
		.why_slow = "it may wait for a server that doesn't answer; ",
		.has_failed = has_failed,
	};
	struct buffer text = {0};
	int64_t started;
	int error = tool_read_limit(&tool);
	int append_error;

	if (error)
		return error;
	error = tool_run(&tool, path, argv, &text, &started);
	append_error = buffer_append(passwd, text.data, text.length);
	buffer_release(&text);
	if (append_error)
		return append_error;
	/* Another program's lack of memory is not ours. */
	return error == -ENOMEM ? -EIO : error;
}

static int run_for(const char *name, const char *path, const uint32_t *uids, size_t count,
	struct buffer *passwd)
{
	const char **argv = calloc(WORDS_BEFORE_UIDS + count + 1, sizeof(*argv));
	char(*numbers)[UID_SIZE] = calloc(count, sizeof(*numbers));
	int error = -ENOMEM;

	if (argv && numbers) {
		argv[0] = name;
		argv[1] = "passwd";
		for (size_t i = 0; i < count; i++) {
			snprintf(numbers[i], UID_SIZE, "%lu", (unsigned long)uids[i]);
			argv[WORDS_BEFORE_UIDS + i] = numbers[i];
		}
		error = run_tool(name, path, argv, passwd);
	}
	free(numbers);
	free(argv);
	return error;
}

static int ask_tool(const char *name, const uint32_t *uids, size_t count, struct buffer *passwd)
{
	char path[OS_PATH_MAX];
	int error = 0;

	/* A service's PATH may lack it. If there is none at all, names stay unknown. */
	if (tool_find(name, "/usr/bin", path, sizeof(path)))
		return 0;
	while (count && !error) {
		size_t now = count < UIDS_MAX ? count : UIDS_MAX;

		error = run_for(name, path, uids, now, passwd);
		uids += now;
		count -= now;
	}
	return error;
}

/* As passwd lines, which can't express errors: a user who can't be found is omitted. */
static int ask_library(const uint32_t *uids, size_t count, struct buffer *passwd)
{
	int error = 0;

	for (size_t i = 0; !error && i < count; i++) {
		size_t before = passwd->length;
		char rest[64];

		snprintf(rest, sizeof(rest), ":x:%lu:0:::\n", (unsigned long)uids[i]);
		error = os_user_name(uids[i], passwd);
		if (!error)
			error = buffer_append_text(passwd, rest);
		if (error && error != -ENOMEM) {
			passwd->length = before;
			error = 0;
		}
	}
	return error;
}

int user_source_ask(const uint32_t *uids, size_t count, struct buffer *passwd)
{
	const char *tool = os_user_tool();

	return tool ? ask_tool(tool, uids, count, passwd) : ask_library(uids, count, passwd);
}
