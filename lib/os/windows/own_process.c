/*
 * This process.
 */
#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>

#include "os/windows/descriptor.h"
#include "os/windows/headers.h"
#include "os/windows/wide.h"

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
		if (windows_handle_of(fd) == INVALID_HANDLE_VALUE || _setmode(fd, _O_BINARY) < 0)
			(void)_wopen(L"NUL", _O_BINARY | (fd == OS_STDIN ? _O_WRONLY : _O_RDONLY));
	}
	if (argc)
		(void)read_arguments(argc, argv);
}

/* To Windows a socket is its maker's: what a child inherits does not show as the child's. */
void os_drop_inherited_sockets(void)
{
}

int64_t os_own_pid(void)
{
	return GetCurrentProcessId();
}

int64_t os_own_user(void)
{
	return -1;
}

/* Handles have no limit to raise. */
void os_raise_open_files(void)
{
}
