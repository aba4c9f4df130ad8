#include "container_source.h"

#include <errno.h>

#include "os/os.h"
#include "query_tool.h"

/*
 * Not --filter publish=PORT: podman has no such filter and fails, also as podman-docker, and docker
 * before 20.10 compares the ports inside the containers.
 *
 * Neither `--format json` nor {{json .}}: they include Size, for which docker adds up the files of
 * every container.
 */
static const char docker_format[] =
	"{\"ID\":{{json .ID}},\"Names\":{{json .Names}},\"Ports\":{{json .Ports}},"
	"\"Labels\":{{json .Labels}}}";

static const char *const docker_list[] = {
	"docker", "ps", "--no-trunc", "--format", docker_format, NULL};

static const char *const podman_list[] = {
	"podman", "ps", "--pod", "--no-trunc", "--format", "json", NULL};

static const struct tool container_tool = {
	.why_slow = "it may wait for a daemon that doesn't answer; ",
};

static int list_containers(const char *const texts[], struct container_list *list)
{
	struct argument_list arguments = {0};
	struct buffer text = {0};
	int error = argument_list_add_texts(&arguments, texts);

	if (!error)
		error = query_tool_run(&container_tool, &arguments, &text);
	if (!error)
		error = container_list_read(list, buffer_bytes(&text));
	buffer_release(&text);
	argument_list_release(&arguments);
	return error;
}

int container_source_list(
	const char *runtime, struct container_list *list, const char **ret_runtime)
{
	static const char *const *const commands[] = {docker_list, podman_list};
	int error = -ENOENT;

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]) && error == -ENOENT; i++) {
		const char *name = commands[i][0];

		if (runtime && strcmp(runtime, name) != 0)
			continue;
		error = list_containers(commands[i], list);
		if (!error)
			*ret_runtime = name;
	}
	return error;
}

bool container_source_has_docker(void)
{
	return os_may_connect("/var/run/docker.sock");
}

static bool has_text(struct bytes text, struct bytes part)
{
	for (; text.length >= part.length; text = bytes_skip(text, 1))
		if (bytes_begin_with(text, part))
			return true;
	return false;
}

/*
 * Both print the containers they know, and fail for the others: "Error: No such container: 0123…",
 * "Error: no container with name or ID "0123…" found: no such container". That a container has
 * ended, or belongs to another user, is no error.
 */
static bool has_inspect_failed(const struct spawn_output *output)
{
	return output->end.status != 0 &&
		!has_text(buffer_bytes(&output->err), bytes_of("o such container"));
}

static int add_ids(struct argument_list *arguments, const struct bytes *ids, size_t count)
{
	int error = 0;

	for (size_t i = 0; i < count && !error; i++)
		if (container_id_is_valid(ids[i]))
			error = argument_list_add(arguments, ids[i]);
	return error;
}

static int inspect(
	const char *runtime, const struct bytes *ids, size_t count, struct container_list *list)
{
	const char *const texts[] = {runtime, "container", "inspect", "--format",
		strcmp(runtime, "podman") == 0 ? PODMAN_INSPECT_FORMAT : CONTAINER_INSPECT_FORMAT,
		"--", NULL};
	const size_t words = sizeof(texts) / sizeof(texts[0]) - 1;
	struct tool tool = container_tool;
	struct argument_list arguments = {0};
	struct buffer text = {0};
	int error = argument_list_add_texts(&arguments, texts);

	tool.has_failed = has_inspect_failed;
	if (!error)
		error = add_ids(&arguments, ids, count);
	if (!error && arguments.count > words)
		error = query_tool_run(&tool, &arguments, &text);
	if (!error)
		error = container_list_read_inspected(list, buffer_bytes(&text));
	buffer_release(&text);
	argument_list_release(&arguments);
	return error;
}

int container_source_inspect(
	const char *runtime, const struct bytes *ids, size_t count, struct container_list *list)
{
	int error = 0;

	while (count && !error) {
		size_t now = count < CONTAINER_SOURCE_IDS_MAX ? count : CONTAINER_SOURCE_IDS_MAX;

		error = inspect(runtime, ids, now, list);
		ids += now;
		count -= now;
	}
	return error;
}
