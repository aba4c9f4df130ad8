#include "os/os.h"

#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/wide.h"

/* Don't trust a program of that name elsewhere. */
int os_windows_netstat(char *ret_path, size_t size)
{
	wchar_t directory[MAX_PATH];
	wchar_t path[OS_PATH_MAX];
	UINT length = GetSystemDirectoryW(directory, MAX_PATH);

	if (length == 0 || length >= MAX_PATH)
		return length ? -ENAMETOOLONG : windows_error();
	_snwprintf(path, OS_PATH_MAX, L"%ls\\netstat.exe", directory);
	return wide_copy(ret_path, size, path);
}
