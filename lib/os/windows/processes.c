/*
 * Windows: what other processes are.
 */
#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

int windows_open_process(int64_t pid, uint32_t access, void **ret_process)
{
	HANDLE process;

	/* A pid that is no multiple of 4 would be taken for the one below. */
	if (pid <= 0 || pid > UINT32_MAX || pid % 4)
		return -ESRCH;
	process = OpenProcess(access, FALSE, (DWORD)pid);
	if (!process)
		return GetLastError() == ERROR_INVALID_PARAMETER ? -ESRCH : windows_error();
	*ret_process = process;
	return 0;
}

int windows_read_start_ticks(void *process, int64_t *ret_when)
{
	FILETIME created;
	FILETIME ended;
	FILETIME unused[2];

	if (!GetProcessTimes(process, &created, &ended, &unused[0], &unused[1]))
		return windows_error();
	/* A process stays, ended, for as long as anybody has a handle of it. */
	if (ended.dwHighDateTime || ended.dwLowDateTime)
		return -ESRCH;
	*ret_when = (int64_t)created.dwHighDateTime << 32 | created.dwLowDateTime;
	return 0;
}

int os_process_start_ticks(int64_t pid, int64_t *ret_when)
{
	HANDLE process;
	int error = windows_open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, &process);

	if (error)
		return error;
	error = windows_read_start_ticks(process, ret_when);
	CloseHandle(process);
	return error;
}

int64_t windows_identity_of(int64_t started)
{
	return started & (((int64_t)1 << 53) - 1);
}

int os_process_identity(int64_t pid, int64_t *ret_start)
{
	int64_t started;
	int error = os_process_start_ticks(pid, &started);

	if (!error)
		*ret_start = windows_identity_of(started);
	return error;
}

/* Finds a process in the list of all, which needs no rights. -ESRCH where it isn't there. */
static int find_process(int64_t pid, PROCESSENTRY32W *ret_entry)
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

/* The program's file of a process that may be looked into: far quicker than the list. */
static int read_own_name(int64_t pid, struct buffer *name)
{
	wchar_t path[OS_PATH_MAX];
	const wchar_t *slash;
	HANDLE process;
	int error = windows_open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, &process);

	if (error)
		return error;
	error = windows_image_path(process, path);
	CloseHandle(process);
	if (error)
		return error;
	slash = wcsrchr(path, L'\\');
	return wide_append(name, slash ? slash + 1 : path);
}

int os_process_name(int64_t pid, struct buffer *name)
{
	PROCESSENTRY32W entry;
	int error = read_own_name(pid, name);

	if (error == 0 || error == -ESRCH || error == -ENOMEM)
		return error;
	error = find_process(pid, &entry);
	return error ? error : wide_append(name, entry.szExeFile);
}

static int append_account(PSID user, struct buffer *name)
{
	wchar_t account[256];
	wchar_t domain[256];
	DWORD account_size = 256;
	DWORD domain_size = 256;
	SID_NAME_USE use;

	if (!LookupAccountSidW(NULL, user, account, &account_size, domain, &domain_size, &use))
		return GetLastError() == ERROR_NONE_MAPPED ? -ENOENT : windows_error();
	if (*domain && (wide_append(name, domain) || buffer_append_byte(name, '\\')))
		return -ENOMEM;
	return wide_append(name, account);
}

int os_process_user(int64_t pid, struct buffer *user)
{
	/* A SID has at most 15 parts (SID_MAX_SUB_AUTHORITIES). */
	union {
		TOKEN_USER user;
		char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} owner;
	size_t before = user->length;
	DWORD size;
	HANDLE process;
	HANDLE token;
	int error = windows_open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, &process);

	if (error)
		return error;
	if (!OpenProcessToken(process, TOKEN_QUERY, &token)) {
		error = windows_error();
	} else {
		error = GetTokenInformation(token, TokenUser, &owner, sizeof(owner), &size)
			? append_account(owner.user.User.Sid, user)
			: windows_error();
		CloseHandle(token);
	}
	CloseHandle(process);
	if (error)
		user->length = before;
	return error;
}

/* Windows keeps the parent's pid when the parent has ended, and may have given it away since. */
int os_process_parent(int64_t pid, int64_t *ret_parent)
{
	PROCESSENTRY32W entry;
	int64_t started;
	int64_t parent_started;
	int error = find_process(pid, &entry);

	if (error)
		return error;
	if (os_process_start_ticks(pid, &started) ||
		os_process_start_ticks(entry.th32ParentProcessID, &parent_started) ||
		parent_started > started)
		return -ESRCH;
	*ret_parent = entry.th32ParentProcessID;
	return 0;
}

int64_t os_own_pid(void)
{
	return GetCurrentProcessId();
}

bool os_is_system_process(int64_t pid, const char **ret_why)
{
	if (pid == 0)
		*ret_why = "it is Windows' idle process, which nothing ends";
	else if (pid == 4)
		*ret_why =
			"it is the Windows kernel, which holds ports for services such as file "
			"sharing and web servers: stop the service (sc stop NAME; for HTTP see "
			"netsh http show servicestate)";
	else
		return false;
	return true;
}
