#include "os/spawn.h"

#include <errno.h>

#include "base/error.h"
#include "os/os.h"
#include "os/spawn_gather.h"

int spawn_capture(const char *path, const char *const argv[], int64_t milliseconds,
	struct spawn_output *ret_output)
{
	int64_t deadline = os_clock() + milliseconds;
	struct spawn spawn = {.path = path, .argv = argv, .in = SPAWN_NULL, .has_group = true};
	struct child child = {0};
	int out = SPAWN_NULL;
	int err = SPAWN_NULL;
	int error;

	*ret_output = (struct spawn_output){0};
	error = spawn_pipe(&out, &spawn.out);
	if (error)
		return error;
	error = spawn_pipe(&err, &spawn.err);
	if (!error)
		error = spawn_start(&spawn, &child);
	spawn_close(spawn.out);
	if (err >= 0)
		spawn_close(spawn.err);
	if (!error) {
		error = os_process_start_ticks(child.pid, &ret_output->started);
		/* A child that has already ended, or a system without start ticks, is no error. */
		if (error && error != -ENOSYS && !error_is_gone(error))
			ret_output->started = error;
		error = spawn_gather(child, out, err, deadline, ret_output);
		if (error)
			spawn_abandon(child);
	}
	spawn_close(out);
	spawn_close(err);
	return error;
}

void spawn_output_release(struct spawn_output *output)
{
	buffer_release(&output->out);
	buffer_release(&output->err);
}
