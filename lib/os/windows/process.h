/*
 * Opens and examines processes. Each void *process is a HANDLE: this header doesn't need Windows'
 * headers.
 */
#ifndef PF_OS_WINDOWS_PROCESS_H
#define PF_OS_WINDOWS_PROCESS_H

#include <stdint.h>
#include <wchar.h>

#include "os/os.h"

/*
 * Opens a process with `access`, PROCESS_… rights; the caller closes it. -ESRCH if no process has
 * the pid, -EACCES if this user may not open it.
 */
int windows_open_process(int64_t pid, uint32_t access, void **ret_process);

/*
 * When the process started, in units of 100 ns since 1601. Needs PROCESS_QUERY_LIMITED_INFORMATION.
 * -ESRCH if it has ended.
 */
int windows_read_start_ticks(void *process, int64_t *ret_ticks);

/* Finds a process in the list of all, which needs no rights. -ESRCH if there is none. */
struct tagPROCESSENTRY32W;
int windows_find_process(int64_t pid, struct tagPROCESSENTRY32W *ret_entry);

/* The NUL-terminated path of the executable. Needs PROCESS_QUERY_LIMITED_INFORMATION. */
int windows_image_path(void *process, wchar_t ret_path[OS_PATH_MAX]);

/*
 * Appends the command line in UTF-8. From Windows 8.1 on, PROCESS_QUERY_LIMITED_INFORMATION is
 * enough. Returns 0 or -ENOMEM; if the command line is unknown, *line gets no data.
 */
int windows_read_command_line(void *process, struct buffer *line);

/* The low 53 bits, which jq and JavaScript represent exactly; they wrap around after 28 years. */
int64_t windows_identity_of(int64_t start_ticks);

/* The numbers for SIGKILL and SIGTERM. */
enum {
	WINDOWS_SIGNAL_KILL = 9, /* TerminateProcess() */
	WINDOWS_SIGNAL_TERMINATE = 15, /* WM_CLOSE to its windows */
};

#endif
