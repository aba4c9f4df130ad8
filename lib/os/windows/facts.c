/*
 * Windows: how a process was started. Its current directory stays unknown: it is in the memory of
 * the process, in a place that Microsoft doesn't document.
 */
#include "os/os.h"

#include <errno.h>

#include "formats/command_line.h"
#include "os/process_facts.h"
#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

/* Windows' units of 100 ns per second. */
enum { UNITS = 10000000 };

static void set_times(struct process_facts *facts)
{
	/* Seconds from 1601 to 1970. */
	const int64_t epoch = INT64_C(11644473600);
	FILETIME time;
	int64_t now;

	GetSystemTimeAsFileTime(&time);
	now = (int64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
	facts->start_time = facts->start_ticks / UNITS - epoch;
	/* The clock may have been set back. */
	facts->uptime = now < facts->start_ticks ? -1 : (now - facts->start_ticks) / UNITS;
}

static int read_arguments(HANDLE process, struct buffer *arguments)
{
	struct buffer line = {0};
	int error = windows_read_command_line(process, &line);

	/* An empty list of arguments is known: its data must not be NULL. */
	if (!error && line.data)
		error = buffer_reserve(arguments, 1);
	if (!error && line.data)
		error = command_line_split(buffer_bytes(&line), arguments);
	buffer_release(&line);
	return error;
}

static int read_executable(HANDLE process, struct buffer *executable)
{
	wchar_t path[OS_PATH_MAX];

	return windows_image_path(process, path) ? 0 : wide_append(executable, path);
}

static int read_command(int64_t pid, struct buffer *command)
{
	int error = os_process_name(pid, command);

	if (error)
		buffer_release(command);
	return error == -ENOMEM ? error : 0;
}

int os_process_facts(int64_t pid, struct process_facts *facts)
{
	HANDLE process;
	int error = windows_open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, &process);

	if (error)
		return error;
	error = windows_read_start_ticks(process, &facts->start_ticks);
	if (!error) {
		facts->pid = pid;
		set_times(facts);
		error = read_arguments(process, &facts->arguments);
	}
	if (!error)
		error = read_executable(process, &facts->executable);
	if (!error)
		error = read_command(pid, &facts->command);
	if (!error && os_process_parent(pid, &facts->parent))
		facts->parent = -1;
	CloseHandle(process);
	return error;
}
