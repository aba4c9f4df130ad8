/*
 * What the Windows files share of processes. A process is a HANDLE, named here
 * without Windows' headers.
 */
#ifndef PF_OS_WINDOWS_PROCESS_H
#define PF_OS_WINDOWS_PROCESS_H

#include <stdint.h>

/*
 * Opens a process for `access`, the PROCESS_… rights; the caller closes it.
 * -ESRCH where there is none with this pid, -EACCES where it may not be opened.
 */
int windows_open_process(int64_t pid, uint32_t access, void **ret_process);

/*
 * The time of its start, in units of 100 ns since 1601; PROCESS_QUERY_LIMITED_INFORMATION
 * is enough. -ESRCH where it has ended.
 */
int windows_read_started(void *process, int64_t *ret_when);

/* Of the time, the 53 bits that jq and JavaScript pass on unchanged: they last for 28 years. */
int64_t windows_start_of(int64_t started);

/* What the names SIGTERM and SIGKILL stand for here. */
enum {
	WINDOWS_SIGNAL_KILL = 9, /* TerminateProcess() */
	WINDOWS_SIGNAL_TERMINATE = 15, /* its windows are asked to close */
};

#endif
