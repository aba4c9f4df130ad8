#include "proc_comm.h"

#include <errno.h>
#include <inttypes.h>

#include "base/error.h"
#include "cli/process_failure.h"
#include "command_name.h"
#include "formats/proc_pid.h"

/* A longer argv[0] contains no name. */
enum { FIRST_ARGUMENT_MAX = OS_PATH_MAX };

/* Appends the first bytes of a file of the process. */
static int read_process_file(const struct os_directory *root, int64_t pid, const char *name,
	size_t max, struct buffer *content)
{
	char path[64];

	snprintf(path, sizeof(path), "proc/%" PRId64 "/%s", pid, name);
	return os_read_file_head(root, path, max, content);
}

static int read_comm(const struct os_directory *root, int64_t pid, struct buffer *comm)
{
	int error = read_process_file(root, pid, "comm", PROC_FILE_MAX, comm);

	/* The kernel appends a newline; other newlines belong to the name. */
	if (!error && comm->length && comm->data[comm->length - 1] == '\n')
		comm->length--;
	return error;
}

/* The kernel returns no path longer than a page. */
static int forgive(int error)
{
	return error_is_gone(error) || error_is_denied(error) || error == -ENAMETOOLONG ? 0 : error;
}

/* A truncated argument may end in the middle of a name. */
static int read_first_argument(
	const struct os_directory *root, int64_t pid, struct buffer *command_line)
{
	int error = read_process_file(root, pid, "cmdline", FIRST_ARGUMENT_MAX, command_line);

	if (command_line->length == FIRST_ARGUMENT_MAX &&
		!memchr(command_line->data, '\0', command_line->length))
		command_line->length = 0;
	return forgive(error);
}

/* Replaces the name by a better one from its arguments or path. */
static int complete_comm(const struct os_directory *root, int64_t pid, struct buffer *comm)
{
	struct buffer command_line = {0};
	struct buffer name = {0};
	char executable[OS_PATH_MAX];
	char path[64];
	int error = read_first_argument(root, pid, &command_line);
	int length;

	snprintf(path, sizeof(path), "proc/%" PRId64 "/exe", pid);
	length = os_read_link(root, path, executable, sizeof(executable));
	if (!error && length < 0)
		error = forgive(length);
	if (!error) {
		const struct bytes target = {executable, length < 0 ? 0 : (size_t)length};
		struct bytes whole = command_name_complete(
			buffer_bytes(comm), buffer_bytes(&command_line), target);

		error = buffer_append(&name, whole.data, whole.length);
	}
	buffer_release(&command_line);
	if (error)
		return error;
	buffer_release(comm);
	*comm = name;
	return 0;
}

int proc_comm_read(const struct os_directory *root, int64_t pid, struct buffer *name)
{
	int error = read_comm(root, pid, name);

	if (!error && command_name_needs_more(buffer_bytes(name)))
		error = complete_comm(root, pid, name);
	buffer_fit(name);
	return error;
}
