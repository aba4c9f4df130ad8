#include "os/posix/spawn_children.h"

#include <pthread.h>
#include <stddef.h>

/* Signals that are fatal by default and sent by other processes, not caused by a bug. */
static const int fatal_signals[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU, SIGVTALRM, SIGPROF};

enum {
	SIGNAL_COUNT = sizeof(fatal_signals) / sizeof(fatal_signals[0]),
	CHILDREN_MAX = 16, /* no program has more than four at a time */
};

/*
 * Static, because a signal handler gets no context. As for kill(2), a negative number is a process
 * group. 0: free.
 */
static volatile sig_atomic_t children[CHILDREN_MAX];

/*
 * A child gets the same signal, which it doesn't ignore since this process doesn't, and does the
 * same for its own children. A tool in its own group gets SIGKILL, as on a timeout: programs in
 * Go, such as docker, ignore SIGUSR1 and others.
 */
static void kill_children_and_self(int signal)
{
	const struct sigaction by_default = {.sa_handler = SIG_DFL};

	for (int i = 0; i < CHILDREN_MAX; i++)
		if (children[i])
			kill(children[i], children[i] < 0 ? SIGKILL : signal);
	/*
	 * The raised signal stays blocked until this function returns, and then kills this
	 * process. SA_RESETHAND would restore the default before the signal is blocked: on Linux
	 * a second signal, from our parent after the terminal's, could then kill this process
	 * before its children.
	 */
	sigaction(signal, &by_default, NULL);
	raise(signal);
}

static void fill_fatal_signals(sigset_t *ret_signals)
{
	sigemptyset(ret_signals);
	for (int i = 0; i < SIGNAL_COUNT; i++)
		sigaddset(ret_signals, fatal_signals[i]);
}

static void catch_signals(const sigset_t *signals)
{
	const struct sigaction action = {.sa_handler = kill_children_and_self, .sa_mask = *signals};

	for (int i = 0; i < SIGNAL_COUNT; i++) {
		struct sigaction before;

		/* Keep ignored signals ignored, as in the background or under nohup(1). */
		if (sigaction(fatal_signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
			sigaction(fatal_signals[i], &action, NULL);
	}
}

void children_hold_signals(sigset_t *ret_before)
{
	sigset_t signals;

	fill_fatal_signals(&signals);
	pthread_sigmask(SIG_BLOCK, &signals, ret_before);
	catch_signals(&signals);
}

void children_release_signals(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

void children_add(pid_t pid, bool has_group)
{
	for (int i = 0; i < CHILDREN_MAX; i++)
		if (!children[i]) {
			children[i] = has_group ? -pid : pid;
			break;
		}
}

void children_remove(pid_t pid)
{
	for (int i = 0; i < CHILDREN_MAX; i++)
		if (children[i] == pid || children[i] == -pid)
			children[i] = 0;
}
