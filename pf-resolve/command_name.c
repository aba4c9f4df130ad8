#include "command_name.h"

static bool is_name_of_thread(struct bytes comm)
{
	return bytes_is(comm, "MainThread") || bytes_is(comm, "node-MainThread");
}

bool command_name_needs_more(struct bytes comm)
{
	return comm.length == COMM_MAX || is_name_of_thread(comm);
}

/* The kernel appends this to the path of a removed file. */
static struct bytes without_deleted(struct bytes path)
{
	bytes_cut_suffix(&path, " (deleted)");
	return path;
}

/* The program's own name, if there is any. */
static struct bytes program_name(
	struct bytes comm, struct bytes first_argument, struct bytes executable)
{
	struct bytes name = bytes_last_part(without_deleted(executable), '/');

	if (!name.length)
		name = bytes_last_part(first_argument, '/');
	return name.length && name.length <= COMMAND_NAME_MAX ? name : comm;
}

struct bytes command_name_complete(
	struct bytes comm, struct bytes command_line, struct bytes executable)
{
	struct bytes first_argument = bytes_cut(&command_line, '\0');
	const struct bytes candidates[] = {
		first_argument,
		bytes_last_part(first_argument, '/'),
		bytes_last_part(without_deleted(executable), '/'),
	};

	if (is_name_of_thread(comm))
		return program_name(comm, first_argument, executable);
	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (candidates[i].data && candidates[i].length <= COMMAND_NAME_MAX &&
			bytes_begin_with(candidates[i], comm))
			return candidates[i];
	return comm;
}
