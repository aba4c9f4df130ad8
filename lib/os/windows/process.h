/*
 * What the Windows files share of processes. A process is a HANDLE, named here
 * without Windows' headers.
 */
#ifndef PF_OS_WINDOWS_PROCESS_H
#define PF_OS_WINDOWS_PROCESS_H

#include <stdint.h>
#include <wchar.h>

#include "os/os.h"

/*
 * Opens a process for `access`, the PROCESS_… rights; the caller closes it.
 * -ESRCH where there is none with this pid, -EACCES where it may not be opened.
 */
int windows_open_process(int64_t pid, uint32_t access, void **ret_process);

/*
 * The time of its start, in units of 100 ns since 1601; PROCESS_QUERY_LIMITED_INFORMATION
 * is enough. -ESRCH where it has ended.
 */
int windows_read_start_ticks(void *process, int64_t *ret_ticks);

/* Finds a process in the list of all, which needs no rights. -ESRCH if it isn't there. */
struct tagPROCESSENTRY32W;
int windows_find_process(int64_t pid, struct tagPROCESSENTRY32W *ret_entry);

/*
 * The path of the program's file, with a NUL behind it; PROCESS_QUERY_LIMITED_INFORMATION
 * is enough.
 */
int windows_image_path(void *process, wchar_t ret_path[OS_PATH_MAX]);

/*
 * Appends the command line, in UTF-8; PROCESS_QUERY_LIMITED_INFORMATION is enough from
 * Windows 8.1 on. Returns 0, or -ENOMEM; *line stays without data where it can't be told.
 */
int windows_read_command_line(void *process, struct buffer *line);

/* Of the time, the 53 bits that jq and JavaScript pass on unchanged: they last for 28 years. */
int64_t windows_identity_of(int64_t start_ticks);

/* What the names SIGTERM and SIGKILL stand for here. */
enum {
	WINDOWS_SIGNAL_KILL = 9, /* TerminateProcess() */
	WINDOWS_SIGNAL_TERMINATE = 15, /* its windows are asked to close */
};

#endif
