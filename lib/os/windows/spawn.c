/*
 * Starts programs with CreateProcess(). The child inherits only its three standard handles: if
 * another child inherited a pipe's write end too, the pipe would never end.
 */
#include "os/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>

#include "base/bytes.h"
#include "formats/command_line.h"
#include "os/os.h"
#include "os/spawn_gather.h"
#include "os/windows/headers.h"
#include "os/windows/wide.h"

int spawn_pipe(int *ret_read_end, int *ret_write_end)
{
	HANDLE handles[2];
	int ends[2];

	if (!CreatePipe(&handles[0], &handles[1], NULL, 0))
		return windows_error();
	for (int i = 0; i < 2; i++) {
		ends[i] = _open_osfhandle((intptr_t)handles[i], _O_BINARY | _O_NOINHERIT);
		if (ends[i] < 0) {
			CloseHandle(handles[i]);
			if (i == 1)
				_close(ends[0]);
			else
				CloseHandle(handles[1]);
			return -EMFILE;
		}
	}
	*ret_read_end = ends[0];
	*ret_write_end = ends[1];
	return 0;
}

void spawn_close(int fd)
{
	if (fd >= 0)
		_close(fd);
}

/* An inheritable duplicate of a descriptor's handle, or one of NUL for SPAWN_NULL. */
static HANDLE open_inheritable(int fd)
{
	SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = TRUE};
	HANDLE handle = INVALID_HANDLE_VALUE;

	if (fd == SPAWN_NULL)
		return CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE,
			FILE_SHARE_READ | FILE_SHARE_WRITE, &attributes, OPEN_EXISTING, 0, NULL);
	if (!DuplicateHandle(GetCurrentProcess(),
		    (HANDLE)_get_osfhandle(fd), /* NOLINT(performance-no-int-to-ptr) */
		    GetCurrentProcess(), &handle, 0, TRUE, DUPLICATE_SAME_ACCESS))
		return INVALID_HANDLE_VALUE;
	return handle;
}

static wchar_t *command_line_of(const char *const *argv)
{
	struct buffer line = {0};
	wchar_t *wide = NULL;

	if (command_line_append(&line, argv) == 0 && buffer_append_byte(&line, '\0') == 0)
		wide = wide_of(line.data);
	buffer_release(&line);
	return wide;
}

/* The list of handles to inherit. The caller deletes and frees it; NULL: failure. */
static LPPROC_THREAD_ATTRIBUTE_LIST handle_list(HANDLE handles[3])
{
	LPPROC_THREAD_ATTRIBUTE_LIST list;
	SIZE_T size = 0;

	/* Fails, but sets the size. */
	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	list = malloc(size);
	if (!list || !InitializeProcThreadAttributeList(list, 1, 0, &size)) {
		free(list);
		return NULL;
	}
	if (UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
		    3 * sizeof(handles[0]), NULL, NULL))
		return list;
	DeleteProcThreadAttributeList(list);
	free(list);
	return NULL;
}

static int create_process(
	const struct spawn *spawn, HANDLE handles[3], PROCESS_INFORMATION *ret_process)
{
	STARTUPINFOEXW startup = {
		.StartupInfo = {.cb = sizeof(startup),
			.dwFlags = STARTF_USESTDHANDLES,
			.hStdInput = handles[0],
			.hStdOutput = handles[1],
			.hStdError = handles[2]},
		.lpAttributeList = handle_list(handles),
	};
	wchar_t *path = wide_of(spawn->path);
	wchar_t *command_line = command_line_of(spawn->argv);
	int error = path && command_line && startup.lpAttributeList ? 0 : -ENOMEM;

	/* The separate path argument avoids a search. */
	if (!error &&
		!CreateProcessW(path, command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
			NULL, NULL, &startup.StartupInfo, ret_process))
		error = windows_error();
	if (startup.lpAttributeList)
		DeleteProcThreadAttributeList(startup.lpAttributeList);
	free(startup.lpAttributeList);
	free(path);
	free(command_line);
	return error;
}

int spawn_start(const struct spawn *spawn, struct child *ret_child)
{
	HANDLE handles[] = {open_inheritable(spawn->in), open_inheritable(spawn->out),
		open_inheritable(spawn->err)};
	PROCESS_INFORMATION process;
	int error = 0;

	for (int i = 0; i < 3; i++)
		if (handles[i] == INVALID_HANDLE_VALUE)
			error = -EBADF;
	if (!error)
		error = create_process(spawn, handles, &process);
	for (int i = 0; i < 3; i++)
		if (handles[i] != INVALID_HANDLE_VALUE)
			CloseHandle(handles[i]);
	if (error)
		return error;
	CloseHandle(process.hThread);
	*ret_child = (struct child){process.dwProcessId, (intptr_t)process.hProcess};
	return 0;
}

static HANDLE handle_of(struct child child)
{
	return (HANDLE)child.handle; /* NOLINT(performance-no-int-to-ptr) */
}

int spawn_wait(struct child child, struct child_end *ret_end)
{
	/* Exit statuses from here on are exceptions: error codes of NTSTATUS. */
	const DWORD first_exception = 0xc0000000;
	DWORD status;
	int error = 0;

	if (WaitForSingleObject(handle_of(child), INFINITE) != WAIT_OBJECT_0 ||
		!GetExitCodeProcess(handle_of(child), &status))
		error = windows_error();
	else
		*ret_end = (struct child_end){status >= first_exception, (int)status};
	CloseHandle(handle_of(child));
	return error;
}

int spawn_replace(const char *path, char *const argv[])
{
	const struct spawn spawn = {.path = path,
		.argv = (const char *const *)argv,
		.in = OS_STDIN,
		.out = OS_STDOUT,
		.err = OS_STDERR};
	struct child child;
	struct child_end end;
	int error = spawn_start(&spawn, &child);

	if (error)
		return error;
	/* Ctrl+C is for the program, which was started before this call and doesn't inherit it. */
	SetConsoleCtrlHandler(NULL, TRUE);
	error = spawn_wait(child, &end);
	if (error)
		return error;
	ExitProcess((UINT)end.status);
}

static bool is_program(const char *path)
{
	wchar_t *wide = wide_of(path);
	DWORD attributes = wide ? GetFileAttributesW(wide) : INVALID_FILE_ATTRIBUTES;

	free(wide);
	return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* C:\directory or \\server\share, independent of the current directory and drive. */
static bool is_absolute(struct bytes path)
{
	const char *at = path.data;

	if (path.length < 3)
		return false;
	return (at[1] == ':' && (at[2] == '\\' || at[2] == '/')) ||
		(at[0] == '\\' && at[1] == '\\');
}

/* Returns false if the path is too long for any program to be there. */
static bool join(struct bytes directory, const char *name, char *ret_path, size_t size)
{
	int length = snprintf(
		ret_path, size, "%.*s/%s.exe", (int)directory.length, directory.data, name);

	return length > 0 && (size_t)length < size;
}

int spawn_find(const char *name, const char *directory, char *ret_path, size_t size)
{
	char *path = wide_environment("PATH");
	struct bytes rest = path ? bytes_of(path) : (struct bytes){0};
	bool found = directory && join(bytes_of(directory), name, ret_path, size) &&
		is_program(ret_path);

	while (rest.data && !found) {
		struct bytes part = bytes_cut(&rest, ';');

		found = is_absolute(part) && join(part, name, ret_path, size) &&
			is_program(ret_path);
	}
	free(path);
	return found ? 0 : -ENOENT;
}

/* `places` are Unix directories. */
int spawn_find_tool(const char *name, const char *places, char *ret_path, size_t size)
{
	(void)places;
	return spawn_find(name, NULL, ret_path, size);
}

/* Returns 1 if it has read anything, 0 if nothing is available yet, -EPIPE at the end. */
static int read_available(int fd, struct buffer *content)
{
	DWORD available;
	long count;
	int error;

	if (!PeekNamedPipe((HANDLE)_get_osfhandle(fd), /* NOLINT(performance-no-int-to-ptr) */
		    NULL, 0, NULL, &available, NULL))
		return windows_error();
	if (available == 0)
		return 0;
	error = content->length >= SPAWN_OUTPUT_MAX ? -EFBIG : buffer_reserve(content, available);
	if (error)
		return error;
	count = os_read(fd, content->data + content->length, available);
	if (count > 0)
		content->length += (size_t)count;
	return count < 0 ? (int)count : count > 0;
}

/* Windows can't wait for anonymous pipes, so both are polled. */
static int gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output)
{
	enum { POLL_INTERVAL = 5 };
	int fds[] = {out, err};
	struct buffer *contents[] = {&output->out, &output->err};
	bool at_end[] = {false, false};

	while (!at_end[0] || !at_end[1]) {
		bool has_read = false;

		for (int i = 0; i < 2; i++) {
			int status = at_end[i] ? 0 : read_available(fds[i], contents[i]);

			if (status < 0 && status != -EPIPE)
				return status;
			at_end[i] = at_end[i] || status == -EPIPE;
			has_read = has_read || status > 0;
		}
		if (os_clock() >= deadline)
			return -ETIMEDOUT;
		if (!has_read)
			WaitForSingleObject(handle_of(child), POLL_INTERVAL);
	}
	return 0;
}

int spawn_gather(
	struct child child, int out, int err, int64_t deadline, struct spawn_output *output)
{
	int error = gather(child, out, err, deadline, output);
	int64_t left = deadline - os_clock();

	if (error)
		return error;
	if (WaitForSingleObject(handle_of(child), left > 0 ? (DWORD)left : 0) != WAIT_OBJECT_0)
		return -ETIMEDOUT;
	return spawn_wait(child, &output->end);
}

void spawn_abandon(struct child child)
{
	TerminateProcess(handle_of(child), 1);
	CloseHandle(handle_of(child));
}
