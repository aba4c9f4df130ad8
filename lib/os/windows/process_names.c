#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

/* Works for processes that this user may open, and is much faster than the list. */
static int read_image_name(int64_t pid, struct buffer *name)
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
	int error = read_image_name(pid, name);

	if (error == 0 || error == -ESRCH || error == -ENOMEM)
		return error;
	error = windows_find_process(pid, &entry);
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
