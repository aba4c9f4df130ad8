/*
 * Plays a stage of pf: a copy with the stage's name does what the file of this
 * name that ends in .stage says, line by line:
 *
 *   run            the real program, found in %PF_PROGRAMS%, with the same arguments
 *   arguments      writes all arguments, each as <...>, to stderr in one line
 *   print TEXT     writes a line
 *   begin TEXT     writes a line without its newline
 *   complain TEXT  writes a line to stderr
 *   copy           copies stdin to stdout
 *   hang           waits forever
 *   exit STATUS    ends
 *   terminate CODE ends like a crashed or killed process: with a 32-bit code
 *
 * The exit status is 0 by default.
 */
#include <fcntl.h>
#include <io.h>
#include <stdbool.h>
#include <windows.h>

enum {
	LINE_MAX = 4096,
};

__attribute__((noreturn)) static void fail(const char *what)
{
	fprintf(stderr, "stage: %s: error %lu\n", what, GetLastError());
	exit(99);
}

/* This program's path without ".exe". */
static void own_path(char path[MAX_PATH])
{
	DWORD length = GetModuleFileNameA(NULL, path, MAX_PATH);

	if (length < 4 || length == MAX_PATH)
		fail("own path");
	path[length - 4] = '\0';
}

static void run_real(const char *own)
{
	char path[MAX_PATH];
	STARTUPINFOA startup = {.cb = sizeof(startup)};
	PROCESS_INFORMATION process;

	snprintf(path, sizeof(path), "%s/%s.exe", getenv("PF_PROGRAMS"), strrchr(own, '\\') + 1);
	/* The original command line, since quoting the arguments again could change them. */
	if (!CreateProcessA(
		    path, GetCommandLineA(), NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
		fail(path);
	WaitForSingleObject(process.hProcess, INFINITE);
	CloseHandle(process.hThread);
	CloseHandle(process.hProcess);
}

static void print_arguments(void)
{
	int count;
	/* The arguments of main() are in the system's code page, which lacks most characters. */
	wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
	char text[LINE_MAX];

	if (!arguments)
		fail("arguments");

	for (int i = 1; i < count; i++) {
		if (!WideCharToMultiByte(
			    CP_UTF8, 0, arguments[i], -1, text, sizeof(text), NULL, NULL))
			fail("argument");
		fprintf(stderr, "<%s>", text);
	}
	fputs("\n", stderr);
	LocalFree(arguments);
}

static void copy_input(void)
{
	char data[LINE_MAX];
	size_t count;

	while ((count = fread(data, 1, sizeof(data), stdin)) > 0)
		fwrite(data, 1, count, stdout);
}

static bool is(const char *line, const char *word, const char **ret_rest)
{
	size_t length = strlen(word);

	if (strncmp(line, word, length) != 0 || (line[length] != ' ' && line[length] != '\0'))
		return false;
	*ret_rest = line[length] ? line + length + 1 : line + length;
	return true;
}

int main(void)
{
	char own[MAX_PATH];
	char path[MAX_PATH + 8];
	char line[LINE_MAX];
	const char *rest;
	FILE *script;

	_setmode(_fileno(stdout), _O_BINARY);
	_setmode(_fileno(stdin), _O_BINARY);
	_setmode(_fileno(stderr), _O_BINARY);
	own_path(own);
	snprintf(path, sizeof(path), "%s.stage", own);
	script = fopen(path, "rb");
	if (!script)
		fail(path);
	while (fgets(line, sizeof(line), script)) {
		line[strcspn(line, "\n")] = '\0';
		if (is(line, "run", &rest))
			run_real(own);
		else if (is(line, "arguments", &rest))
			print_arguments();
		else if (is(line, "print", &rest))
			puts(rest);
		else if (is(line, "begin", &rest))
			fputs(rest, stdout);
		else if (is(line, "complain", &rest))
			fprintf(stderr, "%s\r\n", rest);
		else if (is(line, "copy", &rest))
			copy_input();
		else if (is(line, "hang", &rest))
			Sleep(INFINITE);
		else if (is(line, "exit", &rest))
			exit((int)strtoul(rest, NULL, 0));
		else if (is(line, "terminate", &rest))
			TerminateProcess(GetCurrentProcess(), (UINT)strtoul(rest, NULL, 0));
		else
			fail(line);
		fflush(stdout);
	}
	fclose(script);
	return 0;
}
