/*
 * Refers to a process by its HANDLE, asks it to close or terminates it, and waits for it.
 */
#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

static bool has_ended(HANDLE process)
{
	return WaitForSingleObject(process, 0) == WAIT_OBJECT_0;
}

int os_process_open(int64_t pid, int64_t identity, struct os_process *ret_process)
{
	int64_t started = 0;
	HANDLE process;
	int error = windows_open_process(
		pid, PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE | SYNCHRONIZE, &process);

	if (error)
		return error;
	error = windows_read_start_ticks(process, &started);
	if (!error && windows_identity_of(started) != identity)
		error = -EEXIST;
	if (error) {
		CloseHandle(process);
		return error;
	}
	*ret_process = (struct os_process){pid, identity, (intptr_t)process};
	return 0;
}

static HANDLE handle_of(const struct os_process *process)
{
	return (HANDLE)process->handle; /* NOLINT(performance-no-int-to-ptr) */
}

struct closing {
	DWORD pid;
	size_t asked;
};

/*
 * Skips console windows: one may claim to belong to any program in the console, and closing it ends
 * them all.
 */
static BOOL CALLBACK ask_to_close(HWND window, LPARAM context)
{
	struct closing *closing = (struct closing *)context; /* NOLINT(performance-no-int-to-ptr) */
	wchar_t class_name[64] = L"";
	DWORD pid = 0;

	GetWindowThreadProcessId(window, &pid);
	if (pid != closing->pid || !IsWindowVisible(window) || GetWindow(window, GW_OWNER))
		return TRUE;
	GetClassNameW(window, class_name, 64);
	if (wcscmp(class_name, L"ConsoleWindowClass") != 0 && PostMessageW(window, WM_CLOSE, 0, 0))
		closing->asked++;
	return TRUE;
}

/* The open handle keeps the pid from being reused. */
static int close_windows(const struct os_process *process)
{
	struct closing closing = {.pid = (DWORD)process->pid};

	EnumWindows(ask_to_close, (LPARAM)&closing);
	return closing.asked ? 0 : -ENOTSUP;
}

int os_process_signal(const struct os_process *process, int signal)
{
	/* As with taskkill. */
	enum { STATUS_ENDED = 1 };

	if (has_ended(handle_of(process)))
		return -ESRCH;
	if (signal == WINDOWS_SIGNAL_TERMINATE)
		return close_windows(process);
	if (signal == WINDOWS_SIGNAL_KILL && !TerminateProcess(handle_of(process), STATUS_ENDED))
		return windows_error() == -EACCES ? -EPERM : windows_error();
	return 0;
}

int os_processes_wait(
	const struct os_process *processes, size_t count, int64_t milliseconds, bool *ret_ended)
{
	/* Windows waits for at most 64 objects; any further ones are polled, in milliseconds. */
	enum { POLL_INTERVAL = 20 };
	HANDLE handles[MAXIMUM_WAIT_OBJECTS];
	DWORD waited = count < MAXIMUM_WAIT_OBJECTS ? (DWORD)count : MAXIMUM_WAIT_OBJECTS;
	int64_t deadline = os_clock() + milliseconds;

	for (DWORD i = 0; i < waited; i++)
		handles[i] = handle_of(&processes[i]);
	for (;;) {
		int64_t left = deadline - os_clock();
		int ended = 0;

		if (left < 0)
			left = 0;
		if (count > waited && left > POLL_INTERVAL)
			left = POLL_INTERVAL;
		if (waited == 0)
			Sleep((DWORD)left);
		else if (WaitForMultipleObjects(waited, handles, FALSE, (DWORD)left) == WAIT_FAILED)
			return windows_error();
		for (size_t i = 0; i < count; i++) {
			ret_ended[i] = has_ended(handle_of(&processes[i]));
			ended += ret_ended[i];
		}
		if (ended || os_clock() >= deadline)
			return ended;
	}
}

void os_process_close(struct os_process *process)
{
	if (process->handle != -1)
		CloseHandle(handle_of(process));
	process->handle = -1;
}
