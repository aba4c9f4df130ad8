#include "os/windows/wide.h"

#include <errno.h>

#include "os/windows/headers.h"

wchar_t *wide_of(const char *text)
{
	int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
	wchar_t *wide = length > 0 ? calloc((size_t)length, sizeof(*wide)) : NULL;

	if (wide)
		MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length);
	return wide;
}

int wide_append(struct buffer *buffer, const wchar_t *text)
{
	int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);

	/* The length includes the NUL. */
	if (length <= 0 || buffer_reserve(buffer, (size_t)length))
		return -ENOMEM;
	WideCharToMultiByte(
		CP_UTF8, 0, text, -1, buffer->data + buffer->length, length, NULL, NULL);
	buffer->length += (size_t)length - 1;
	return 0;
}

int wide_copy(char *ret_text, size_t size, const wchar_t *text)
{
	return WideCharToMultiByte(CP_UTF8, 0, text, -1, ret_text, (int)size, NULL, NULL) > 0
		? 0
		: -ENAMETOOLONG;
}

char *wide_environment(const char *name)
{
	wchar_t *wide_name = wide_of(name);
	const wchar_t *value = wide_name ? _wgetenv(wide_name) : NULL;
	struct buffer text = {0};

	free(wide_name);
	if (!value || wide_append(&text, value) || buffer_append_byte(&text, '\0')) {
		buffer_release(&text);
		return NULL;
	}
	return text.data;
}

int windows_error_of(uint32_t error)
{
	static const struct {
		uint32_t windows;
		int number;
	} errors[] = {
		{ERROR_FILE_NOT_FOUND, ENOENT},
		{ERROR_PATH_NOT_FOUND, ENOENT},
		{ERROR_BAD_NETPATH, ENOENT},
		{ERROR_INVALID_NAME, ENOENT},
		{ERROR_TOO_MANY_OPEN_FILES, EMFILE},
		{ERROR_ACCESS_DENIED, EACCES},
		{ERROR_SHARING_VIOLATION, EACCES},
		{740 /* ERROR_ELEVATION_REQUIRED, which mingw-w64 lacks */, EACCES},
		{ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
		{ERROR_OUTOFMEMORY, ENOMEM},
		{ERROR_BAD_EXE_FORMAT, ENOEXEC},
		{ERROR_DISK_FULL, ENOSPC},
		{ERROR_HANDLE_DISK_FULL, ENOSPC},
		{ERROR_BROKEN_PIPE, EPIPE},
		{ERROR_NO_DATA, EPIPE},
		{ERROR_PIPE_NOT_CONNECTED, EPIPE},
		{ERROR_INVALID_HANDLE, EBADF},
		{ERROR_DIRECTORY, ENOTDIR},
		{ERROR_NOT_SUPPORTED, ENOSYS},
		{ERROR_CALL_NOT_IMPLEMENTED, ENOSYS},
	};

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].windows == error)
			return -errors[i].number;
	return -EIO;
}

int windows_error(void)
{
	return windows_error_of(GetLastError());
}
