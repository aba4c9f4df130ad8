#include "os/os.h"

#include <errno.h>
#include <signal.h>
#include <strings.h>

#include "base/number.h"

/* All signals of POSIX, and SIGWINCH. */
static const struct {
	const char *name;
	int number;
} signals[] = {
	{"SIGHUP", SIGHUP},
	{"SIGINT", SIGINT},
	{"SIGQUIT", SIGQUIT},
	{"SIGILL", SIGILL},
	{"SIGTRAP", SIGTRAP},
	{"SIGABRT", SIGABRT},
	{"SIGBUS", SIGBUS},
	{"SIGFPE", SIGFPE},
	{"SIGKILL", SIGKILL},
	{"SIGUSR1", SIGUSR1},
	{"SIGSEGV", SIGSEGV},
	{"SIGUSR2", SIGUSR2},
	{"SIGPIPE", SIGPIPE},
	{"SIGALRM", SIGALRM},
	{"SIGTERM", SIGTERM},
	{"SIGCHLD", SIGCHLD},
	{"SIGCONT", SIGCONT},
	{"SIGSTOP", SIGSTOP},
	{"SIGTSTP", SIGTSTP},
	{"SIGTTIN", SIGTTIN},
	{"SIGTTOU", SIGTTOU},
	{"SIGURG", SIGURG},
	{"SIGXCPU", SIGXCPU},
	{"SIGXFSZ", SIGXFSZ},
	{"SIGVTALRM", SIGVTALRM},
	{"SIGPROF", SIGPROF},
	{"SIGWINCH", SIGWINCH},
	{"SIGSYS", SIGSYS},
};

int os_signal_number(const char *name, int *ret_signal)
{
	uint64_t number;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (strcasecmp(name, signals[i].name) == 0 ||
			strcasecmp(name, signals[i].name + strlen("SIG")) == 0) {
			*ret_signal = signals[i].number;
			return 0;
		}
	}
	/* Signal 0 only tests whether a process exists: kill(2). */
	if (number_parse(bytes_of(name), 64, &number) || number == 0)
		return -EINVAL;
	*ret_signal = (int)number;
	return 0;
}

const char *os_signal_name(int signal, char buffer[OS_SIGNAL_NAME_MAX])
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (signals[i].number == signal)
			return signals[i].name;
	snprintf(buffer, OS_SIGNAL_NAME_MAX, "signal %d", signal);
	return buffer;
}

int os_signal_terminate(void)
{
	return SIGTERM;
}

int os_signal_kill(void)
{
	return SIGKILL;
}
