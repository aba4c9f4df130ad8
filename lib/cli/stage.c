#include "cli/stage.h"

#include <errno.h>

#include "cli/diag.h"
#include "cli/exit_status.h"
#include "os/os.h"

void stage_start(struct stage *stage, const char *const argv[], int in, int out)
{
	char path[OS_PATH_MAX];
	struct spawn spawn = {
		.path = path,
		.argv = argv,
		.in = in,
		.out = out,
		.err = stage->is_silent ? SPAWN_NULL : OS_STDERR,
	};
	int error = spawn_find(stage->name, stage->directory, path, sizeof(path));

	if (error == -ENOENT) {
		diag("%s: not found beside pf or on PATH: is pf fully installed?", stage->name);
		return;
	}
	if (error == -EPERM) {
		diag_unsafe_program(path);
		return;
	}
	error = spawn_start(&spawn, &stage->child);
	if (error)
		diag("%s: failed to start: %s", path, diag_error(error));
	else
		stage->is_started = true;
}

int stage_start_fed(struct stage *stage, const char *const argv[], int out)
{
	int read_end;
	int write_end;
	int error = spawn_pipe(&read_end, &write_end);

	if (error) {
		diag("%s", diag_error(error));
		return SPAWN_NULL;
	}
	stage_start(stage, argv, read_end, out);
	spawn_close(read_end);
	return write_end;
}

int stage_finish(struct stage *stage)
{
	struct child_end end;
	int error;

	if (!stage->is_started)
		return EXIT_ERROR;
	stage->is_started = false;
	error = spawn_wait(stage->child, &end);
	if (error) {
		diag("%s: waiting for it failed: %s", stage->name, diag_error(error));
		return EXIT_ERROR;
	}
	if (stage->is_optional)
		return !end.was_signalled && end.status <= EXIT_NO_MATCH ? end.status : EXIT_ERROR;
	if (end.was_signalled) {
		char number[OS_SIGNAL_NAME_MAX];

		diag("%s: died of %s", stage->name, os_signal_name(end.status, number));
		return EXIT_ERROR;
	}
	stage->has_reported = end.status == EXIT_ERROR && stage->reports_errors;
	if (stage->has_reported)
		return EXIT_ERROR;
	if (end.status != EXIT_MATCHED && end.status != EXIT_NO_MATCH) {
		diag("%s: failed with exit status %d", stage->name, end.status);
		return EXIT_ERROR;
	}
	return end.status;
}

void stage_report_write_error(const struct stage *stage, int error)
{
	diag("%s: writing its input: %s", stage->name, diag_error(error));
}

int stage_feed(const struct stage *stage, int fd, struct bytes lines)
{
	int error;

	if (fd < 0)
		return 0;
	error = os_write_all(fd, lines.data, lines.length);
	spawn_close(fd);
	if (!error || error == -EPIPE)
		return 0;
	stage_report_write_error(stage, error);
	return error;
}

const char *stage_directory(void)
{
	static char path[OS_PATH_MAX]; /* not on the stack, which may be small */
	char *slash;

	if (os_executable_path(path, sizeof(path)))
		return NULL;
	slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return path;
}
