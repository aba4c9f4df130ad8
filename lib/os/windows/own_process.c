#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>

#include "os/windows/descriptor.h"
#include "os/windows/headers.h"
#include "os/windows/wide.h"

/* The C library's wide command line arguments; no header declares this. */
int __wgetmainargs(int *argc, wchar_t ***argv, wchar_t ***environment, int expands_wildcards,
	int *starts_anew);

/* The arguments in UTF-8, which are never freed. */
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
	/* A crash must not open a dialog. Children inherit this. */
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
	for (int fd = OS_STDIN; fd <= OS_STDERR; fd++) {
		/* The wrong mode on purpose: using a closed descriptor stays an error. */
		if (windows_handle_of(fd) == INVALID_HANDLE_VALUE || _setmode(fd, _O_BINARY) < 0)
			(void)_wopen(L"NUL", _O_BINARY | (fd == OS_STDIN ? _O_WRONLY : _O_RDONLY));
	}
	if (argc)
		(void)read_arguments(argc, argv);
}

/* Windows attributes a socket to the process that created it, not to children that inherit it. */
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

/* Windows has no such limit for handles. */
void os_raise_open_files(void)
{
}

int os_set_variable(const char *name, const char *value)
{
	return _putenv_s(name, value ? value : "") ? -EINVAL : 0;
}
