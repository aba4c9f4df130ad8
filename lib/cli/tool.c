#include "cli/tool.h"

#include <errno.h>

#include "base/number.h"
#include "cli/diag.h"
#include "os/os.h"

int tool_read_limit(struct tool *tool)
{
	const char *text = getenv(tool->limit_variable);

	if (!text || number_parse_seconds(bytes_of(text), &tool->limit) == 0)
		return 0;
	diag("%s: must be seconds, 0 to 86400, such as %g", tool->limit_variable,
		(double)tool->limit / 1000);
	return -EINVAL;
}

int tool_find(const char *name, const char *places, char *ret_path, size_t size)
{
	int error = spawn_find_tool(name, places, ret_path, size);

	if (error == -EPERM)
		diag_unsafe_program(ret_path);
	return error;
}

static struct bytes first_line(const struct buffer *text)
{
	struct bytes rest = buffer_bytes(text);
	struct bytes line = bytes_cut(&rest, '\n');

	if (line.length && line.data[line.length - 1] == '\r')
		line.length--;
	return line;
}

static int report_failure(const char *name, const struct spawn_output *output)
{
	struct bytes message = first_line(&output->err);
	int length = message.length > 200 ? 200 : (int)message.length;

	if (output->end.was_signalled) {
		char number[16];

		diag("%s: died of %s", name, os_signal_name(output->end.status, number));
	} else if (length)
		diag("%s: failed with exit status %d: %.*s", name, output->end.status, length,
			message.data);
	else
		diag("%s: failed with exit status %d", name, output->end.status);
	return -EIO;
}

static bool has_tool_failed(const struct tool *tool, const struct spawn_output *output)
{
	if (output->end.was_signalled)
		return true;
	return tool->has_failed ? tool->has_failed(output) : output->end.status != 0;
}

/* When the program was killed, "*:30" may have been the beginning of "*:3000". */
static void drop_incomplete_line(struct buffer *text)
{
	while (text->length && text->data[text->length - 1] != '\n')
		text->length--;
}

int tool_run(const struct tool *tool, const char *path, const char *const argv[],
	struct buffer *ret_text, int64_t *ret_start_ticks)
{
	struct spawn_output output = {0};
	int error = spawn_capture(path, argv, tool->limit, &output);

	if (error == -ETIMEDOUT)
		diag("%s: timed out after %g s and was killed: %s%s extends the limit", path,
			(double)tool->limit / 1000, tool->why_slow, tool->limit_variable);
	else if (error == -EFBIG)
		diag("%s: wrote more than %d MiB and was killed", path,
			SPAWN_OUTPUT_MAX / 1024 / 1024);
	else if (error)
		diag("%s: %s", path, diag_error(error));
	else if (has_tool_failed(tool, &output))
		error = report_failure(tool->name, &output);
	if (error)
		drop_incomplete_line(&output.out);
	*ret_text = output.out;
	*ret_start_ticks = output.started;
	output.out = (struct buffer){0};
	spawn_output_release(&output);
	return error;
}
