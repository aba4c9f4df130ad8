/*
 * Windows: this process and its descriptors. os_windows_process.c and its like
 * answer for the rest.
 *
 * Descriptors are those of the C library, for the sake of the callers; what they
 * stand for is read and written with Windows' own functions, whose errors tell a
 * reader that went away from a wrong call.
 */
#include "os/os.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>

#include "os/windows/headers.h"
#include "os/windows/wide.h"

static HANDLE handle_of(int fd)
{
	return (HANDLE)_get_osfhandle(fd); /* NOLINT(performance-no-int-to-ptr) */
}

/* Of the C library: the arguments of the command line as wide characters. It lacks a header. */
int __wgetmainargs(int *argc, wchar_t ***argv, wchar_t ***environment, int expands_wildcards,
	int *starts_anew);

/* The arguments in UTF-8; they live as long as the process. */
static int read_arguments(int *ret_argc, char **ret_argv[])
{
	wchar_t **wide;
	wchar_t **environment;
	int starts_anew = 0;
	int count;
	char **argv;

	if (__wgetmainargs(&count, &wide, &environment, 0, &starts_anew))
		return -ENOMEM;
	argv = calloc((size_t)count + 1, sizeof(*argv));
	for (int i = 0; argv && i < count; i++) {
		struct buffer argument = {0};

		if (wide_append(&argument, wide[i]) || buffer_append_byte(&argument, '\0'))
			return -ENOMEM;
		argv[i] = argument.data;
	}
	if (!argv)
		return -ENOMEM;
	*ret_argc = count;
	*ret_argv = argv;
	return 0;
}

void os_prepare_process(int *argc, char **argv[])
{
	/* A stage that crashes must not stop at a dialog; what we start inherits this. */
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
	for (int fd = OS_STDIN; fd <= OS_STDERR; fd++) {
		/* The wrong way round: using a descriptor that was closed stays an error. */
		if (handle_of(fd) == INVALID_HANDLE_VALUE || _setmode(fd, _O_BINARY) < 0)
			(void)_wopen(L"NUL", _O_BINARY | (fd == OS_STDIN ? _O_WRONLY : _O_RDONLY));
	}
	if (argc)
		(void)read_arguments(argc, argv);
}

/* To Windows a socket is its maker's: what a child inherits does not show as the child's. */
void os_drop_inherited_sockets(void)
{
}

int os_executable_path(char *ret_path, size_t size)
{
	wchar_t path[OS_PATH_MAX];
	DWORD length = GetModuleFileNameW(NULL, path, OS_PATH_MAX);
	int error;

	if (length == 0 || length == OS_PATH_MAX)
		return length ? -ENAMETOOLONG : windows_error();
	error = wide_copy(ret_path, size, path);
	for (char *at = ret_path; !error && *at; at++)
		if (*at == '\\')
			*at = '/';
	return error;
}

const char *os_how_to_get_rights(void)
{
	return "run as administrator";
}

const char *os_what_hides_from_root(void)
{
	return "it is the kernel's, or its process has just ended; list again";
}

bool os_is_privileged(void)
{
	TOKEN_ELEVATION elevation = {0};
	DWORD size = sizeof(elevation);
	HANDLE token;
	bool known;

	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return false;
	known = GetTokenInformation(token, TokenElevation, &elevation, size, &size);
	CloseHandle(token);
	return known && elevation.TokenIsElevated;
}

int64_t os_own_user(void)
{
	return -1;
}

const char *const *os_collectors(void)
{
	static const char *const collectors[] = {"iphlpapi", "netstat", NULL};

	return collectors;
}

/* Its netstat is another program. */
const char *os_bsd_netstat_flags(void)
{
	return NULL;
}

/* By its absolute path: a program of that name elsewhere is not to be trusted. */
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

/* "C:\x" or "\\server\x"; "C:x" and "\x" hang on the current directory and drive. */
bool os_is_absolute_path(const char *path)
{
	bool has_drive = isalpha((unsigned char)path[0]) && path[1] == ':';
	bool is_on_server = path[0] == '\\' && path[1] == '\\';

	return is_on_server || (has_drive && (path[2] == '\\' || path[2] == '/'));
}

/* Named pipes are in a directory of their own, which no shell hands over. */
bool os_is_stream(const char *path)
{
	(void)path;
	return false;
}

long os_read(int fd, void *data, size_t size)
{
	DWORD count = 0;

	if (ReadFile(handle_of(fd), data, size > INT32_MAX ? INT32_MAX : (DWORD)size, &count, NULL))
		return (long)count;
	/* The writer has gone, which is how a pipe ends. */
	return windows_error() == -EPIPE ? 0 : windows_error();
}

/* Consoles, files and pipes each have a way of their own to tell. */
bool os_has_input(int fd)
{
	(void)fd;
	return false;
}

/* A console shows the bytes of its code page; wide characters it shows as they are. */
static int write_console(HANDLE console, const char *text, size_t length)
{
	/* As much as a console takes at once. */
	enum { PART = 8192 };
	wchar_t wide[PART];

	while (length) {
		size_t part = length < PART ? length : PART;
		DWORD written;
		int count;

		/* Not within a character. */
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
	HANDLE handle = handle_of(fd);
	const char *at = data;
	DWORD mode;

	if (GetConsoleMode(handle, &mode))
		return write_console(handle, data, length);
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

/* A console that takes no escape sequences, before Windows 10, counts as a file. */
bool os_is_terminal(int fd)
{
	HANDLE handle = handle_of(fd);
	DWORD mode;

	return GetConsoleMode(handle, &mode) &&
		(fd == OS_STDIN ||
			SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING));
}

size_t os_terminal_columns(int fd)
{
	CONSOLE_SCREEN_BUFFER_INFO information;

	/* What is seen of the buffer, which may be wider. */
	return GetConsoleScreenBufferInfo(handle_of(fd), &information)
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
		/* What was typed before the question is no answer to it. */
		FlushConsoleInputBuffer(keys);
		error = write_console(console, question, strlen(question));
	}
	if (!error && !ReadConsoleW(keys, answer, 127, &count, NULL))
		error = -ENXIO;
	if (console != INVALID_HANDLE_VALUE)
		CloseHandle(console);
	if (keys != INVALID_HANDLE_VALUE)
		CloseHandle(keys);
	return error ? error : answer[0] == L'y' || answer[0] == L'Y';
}

/* Handles have no limit to raise. */
void os_raise_open_files(void)
{
}

int64_t os_clock(void)
{
	return (int64_t)GetTickCount64();
}

void os_pause(int64_t milliseconds)
{
	if (milliseconds > 0)
		Sleep((DWORD)milliseconds);
}

/* Users have no numbers here: os_process_user() tells. */
const char *os_user_tool(void)
{
	return NULL;
}

int os_user_name(uint32_t uid, struct buffer *name)
{
	(void)uid;
	(void)name;
	return -ENOENT;
}

/* With the one processor that os_count_processors() tells of, there is one context. */
void os_run_in_threads(void (*run)(void *context), void *const contexts[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		run(contexts[i]);
}

/* Rights are of another kind there: who may not write to what is on PATH is Windows' business. */
bool os_is_safe_program(const char *path)
{
	(void)path;
	return true;
}

int os_format_utc(int64_t seconds, char ret_text[OS_UTC_MAX])
{
	__time64_t time = seconds;
	struct tm parts;

	if (_gmtime64_s(&parts, &time) ||
		strftime(ret_text, OS_UTC_MAX, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
		return -EOVERFLOW;
	return 0;
}
