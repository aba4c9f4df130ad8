#include "command_name.h"

bool command_name_may_be_cut(struct bytes comm)
{
	return comm.length == COMM_MAX;
}

/* The kernel marks the path of a file that was removed while it runs. */
static struct bytes without_deleted(struct bytes path)
{
	bytes_cut_suffix(&path, " (deleted)");
	return path;
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

	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (candidates[i].data && candidates[i].length <= COMMAND_NAME_MAX &&
			bytes_begin_with(candidates[i], comm))
			return candidates[i];
	return comm;
}
