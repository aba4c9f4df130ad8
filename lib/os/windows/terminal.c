#include "os/os.h"

#include <errno.h>

#include "os/windows/descriptor.h"
#include "os/windows/headers.h"

/* A console without escape sequences, before Windows 10, counts as a file. */
bool os_is_terminal(int fd)
{
	HANDLE handle = windows_handle_of(fd);
	DWORD mode;

	return GetConsoleMode(handle, &mode) &&
		(fd == OS_STDIN ||
			SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING));
}

size_t os_terminal_columns(int fd)
{
	CONSOLE_SCREEN_BUFFER_INFO information;

	/* The visible part of the buffer, which may be wider. */
	return GetConsoleScreenBufferInfo(windows_handle_of(fd), &information)
		? (size_t)(information.srWindow.Right - information.srWindow.Left + 1)
		: 0;
}

int os_ask(const char *question)
{
	HANDLE console = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_WRITE,
		NULL, OPEN_EXISTING, 0, NULL);
	HANDLE keys = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL,
		OPEN_EXISTING, 0, NULL);
	wchar_t answer[128] = L"";
	DWORD count = 0;
	int error = -ENXIO;

	if (console != INVALID_HANDLE_VALUE && keys != INVALID_HANDLE_VALUE) {
		/* Discard what was typed before the question. */
		FlushConsoleInputBuffer(keys);
		error = windows_write_console(console, question, strlen(question));
	}
	if (!error && !ReadConsoleW(keys, answer, 127, &count, NULL))
		error = -ENXIO;
	if (console != INVALID_HANDLE_VALUE)
		CloseHandle(console);
	if (keys != INVALID_HANDLE_VALUE)
		CloseHandle(keys);
	return error ? error : answer[0] == L'y' || answer[0] == L'Y';
}
