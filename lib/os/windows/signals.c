/*
 * Signal names for the two ways to end a process on Windows.
 */
#include "os/os.h"

#include <errno.h>

#include "os/windows/process.h"

static const struct {
	const char *name;
	int number;
	const char *meaning;
} signals[] = {
	{"SIGTERM", WINDOWS_SIGNAL_TERMINATE, "the request to close"},
	{"SIGKILL", WINDOWS_SIGNAL_KILL, "TerminateProcess"},
};

int os_signal_number(const char *name, int *ret_signal)
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (_stricmp(name, signals[i].name) == 0 ||
			_stricmp(name, signals[i].name + strlen("SIG")) == 0) {
			*ret_signal = signals[i].number;
			return 0;
		}
	}
	return -EINVAL;
}

/* Any other number is the exception that killed a program, such as 0xC0000005. */
const char *os_signal_name(int signal, char buffer[OS_SIGNAL_NAME_MAX])
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (signals[i].number == signal)
			return signals[i].meaning;
	snprintf(buffer, OS_SIGNAL_NAME_MAX, "0x%08X", (unsigned)signal);
	return buffer;
}

int os_signal_terminate(void)
{
	return WINDOWS_SIGNAL_TERMINATE;
}

int os_signal_kill(void)
{
	return WINDOWS_SIGNAL_KILL;
}
