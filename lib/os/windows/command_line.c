/*
 * Reads the command line of another process.
 */
#include <errno.h>

#include "os/windows/headers.h"
#include "os/windows/process.h"
#include "os/windows/wide.h"

typedef NTSTATUS NTAPI query_process(
	HANDLE process, PROCESSINFOCLASS what, PVOID information, ULONG size, PULONG ret_size);

/* Microsoft asks programs to look it up instead of linking to it. NULL: not available. */
static query_process *find_nt_query(void)
{
	HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

	return ntdll ? (query_process *)(void (*)(void))GetProcAddress(
			       ntdll, "NtQueryInformationProcess")
		     : NULL;
}

/* A string followed by the most text that its 16-bit length allows. */
union command_line {
	UNICODE_STRING string;
	struct {
		UNICODE_STRING string;
		wchar_t text[UINT16_MAX / sizeof(wchar_t) + 1];
	} whole;
};

/*
 * ProcessCommandLineInformation of Windows 8.1 and later, which mingw-w64's headers lack. It fills
 * in the string, followed by the text.
 */
static bool query_line(query_process *query, HANDLE process, union command_line *ret_line)
{
	const PROCESSINFOCLASS command_line_information = 60;
	ULONG size;

	return query(process, command_line_information, ret_line, sizeof(*ret_line), &size) >= 0 &&
		ret_line->string.Buffer;
}

static bool read_memory(HANDLE process, const void *from, void *ret_data, size_t size)
{
	SIZE_T count;

	return ReadProcessMemory(process, from, ret_data, size, &count) && count == size;
}

/*
 * Reads the text from the memory of the process, which needs more rights. Microsoft documents the
 * way to it in PEB and RTL_USER_PROCESS_PARAMETERS.
 */
static bool copy_line_from_peb(query_process *query, HANDLE process, union command_line *ret_line)
{
	PROCESS_BASIC_INFORMATION basic;
	RTL_USER_PROCESS_PARAMETERS parameters;
	UNICODE_STRING *string = &ret_line->string;
	PEB block;
	ULONG size;

	if (query(process, ProcessBasicInformation, &basic, sizeof(basic), &size) < 0 ||
		!read_memory(process, basic.PebBaseAddress, &block, sizeof(block)) ||
		!read_memory(process, block.ProcessParameters, &parameters, sizeof(parameters)) ||
		!read_memory(process, parameters.CommandLine.Buffer, ret_line->whole.text,
			parameters.CommandLine.Length))
		return false;
	string->Length = parameters.CommandLine.Length;
	string->Buffer = ret_line->whole.text;
	return true;
}

/* The open handle keeps the pid from being reused. */
static bool read_line_from_memory(
	query_process *query, HANDLE process, union command_line *ret_line)
{
	bool is_known;

	process = OpenProcess(
		PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, GetProcessId(process));
	if (!process)
		return false;
	is_known = copy_line_from_peb(query, process, ret_line);
	CloseHandle(process);
	return is_known;
}

int windows_read_command_line(void *process, struct buffer *line)
{
	query_process *query = find_nt_query();
	union command_line *answer = query ? malloc(sizeof(*answer)) : NULL;
	int error = 0;

	if (!answer)
		return query ? -ENOMEM : 0;
	if (query_line(query, process, answer) || read_line_from_memory(query, process, answer)) {
		answer->string.Buffer[answer->string.Length / sizeof(wchar_t)] = L'\0';
		error = wide_append(line, answer->string.Buffer);
	}
	free(answer);
	return error;
}
