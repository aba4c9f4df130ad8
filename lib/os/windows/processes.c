/*
 * Opens, finds and identifies processes.
 */
#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

int windows_open_process(int64_t pid, uint32_t access, void **ret_process)
{
	HANDLE process;

	/* Windows rounds pids down to a multiple of 4. */
	if (pid <= 0 || pid > UINT32_MAX || pid % 4)
		return -ESRCH;
	process = OpenProcess(access, FALSE, (DWORD)pid);
	if (!process)
		return GetLastError() == ERROR_INVALID_PARAMETER ? -ESRCH : windows_error();
	*ret_process = process;
	return 0;
}

int windows_read_start_ticks(void *process, int64_t *ret_ticks)
{
	FILETIME created;
	FILETIME ended;
	FILETIME unused[2];

	if (!GetProcessTimes(process, &created, &ended, &unused[0], &unused[1]))
		return windows_error();
	/* An ended process stays as long as anybody has a handle to it. */
	if (ended.dwHighDateTime || ended.dwLowDateTime)
		return -ESRCH;
	*ret_ticks = (int64_t)created.dwHighDateTime << 32 | created.dwLowDateTime;
	return 0;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_ticks)
{
	HANDLE process;
	int error = windows_open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, &process);

	if (error)
		return error;
	error = windows_read_start_ticks(process, ret_ticks);
	CloseHandle(process);
	return error;
}

int64_t windows_identity_of(int64_t started)
{
	return started & (((int64_t)1 << 53) - 1);
}

int os_process_identity(int64_t pid, int64_t *ret_identity)
{
	int64_t started;
	int error = os_process_start_ticks(pid, &started);

	if (!error)
		*ret_identity = windows_identity_of(started);
	return error;
}

int windows_find_process(int64_t pid, struct tagPROCESSENTRY32W *ret_entry)
{
	HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
	PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
	bool found = false;

	if (snapshot == INVALID_HANDLE_VALUE)
		return windows_error();
	for (BOOL more = Process32FirstW(snapshot, &entry); more && !found;) {
		found = entry.th32ProcessID == pid;
		if (!found)
			more = Process32NextW(snapshot, &entry);
	}
	CloseHandle(snapshot);
	if (!found)
		return -ESRCH;
	*ret_entry = entry;
	return 0;
}

int windows_image_path(void *process, wchar_t ret_path[OS_PATH_MAX])
{
	DWORD length = OS_PATH_MAX;

	return QueryFullProcessImageNameW(process, 0, ret_path, &length) ? 0 : windows_error();
}

/* Windows keeps the pid of a parent that has ended, and may have reused it. */
int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	PROCESSENTRY32W entry;
	int64_t started;
	int64_t parent_started;
	int error = windows_find_process(pid, &entry);

	if (error)
		return error;
	if (os_process_start_ticks(pid, &started) ||
		os_process_start_ticks(entry.th32ParentProcessID, &parent_started) ||
		parent_started > started)
		return -ESRCH;
	*ret_parent = entry.th32ParentProcessID;
	return 0;
}
