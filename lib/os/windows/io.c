#include "os/os.h"

#include <errno.h>
#include <io.h>

#include "os/windows/descriptor.h"
#include "os/windows/headers.h"
#include "os/windows/wide.h"

void *windows_handle_of(int fd)
{
	return (HANDLE)_get_osfhandle(fd); /* NOLINT(performance-no-int-to-ptr) */
}

long os_read(int fd, void *data, size_t size)
{
	DWORD count = 0;

	if (ReadFile(windows_handle_of(fd), data, size > INT32_MAX ? INT32_MAX : (DWORD)size,
		    &count, NULL))
		return (long)count;
	/* A pipe whose write end is closed is at its end. */
	return windows_error() == -EPIPE ? 0 : windows_error();
}

/* Unknown: consoles, files and pipes would each need another function. */
bool os_has_input(int fd)
{
	(void)fd;
	return false;
}

/* Wide characters don't depend on the console's code page. */
int windows_write_console(void *console, const char *text, size_t length)
{
	/* The most that a console accepts in a call. */
	enum { PART = 8192 };
	wchar_t wide[PART];

	while (length) {
		size_t part = length < PART ? length : PART;
		DWORD written;
		int count;

		/* Don't split a character. */
		while (part < length && part > 1 && ((unsigned char)text[part] & 0xc0) == 0x80)
			part--;
		count = MultiByteToWideChar(CP_UTF8, 0, text, (int)part, wide, PART);
		if (!WriteConsoleW(console, wide, (DWORD)count, &written, NULL))
			return windows_error();
		text += part;
		length -= part;
	}
	return 0;
}

int os_write_all(int fd, const void *data, size_t length)
{
	HANDLE handle = windows_handle_of(fd);
	const char *at = data;
	DWORD mode;

	if (GetConsoleMode(handle, &mode))
		return windows_write_console(handle, data, length);
	while (length) {
		DWORD count;

		if (!WriteFile(handle, at, length > INT32_MAX ? INT32_MAX : (DWORD)length, &count,
			    NULL))
			return windows_error();
		at += count;
		length -= count;
	}
	return 0;
}

int os_await_reader(int fd, int64_t milliseconds)
{
	(void)fd;
	(void)milliseconds;
	return 0;
}
