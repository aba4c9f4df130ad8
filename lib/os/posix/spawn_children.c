#include "os/posix/spawn_children.h"

#include <pthread.h>
#include <stddef.h>

/* Those that end a process by default, and that others send: not what a program's own fault is. */
static const int ending_signals[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU, SIGVTALRM, SIGPROF};

enum {
	SIGNAL_COUNT = sizeof(ending_signals) / sizeof(ending_signals[0]),
	CHILDREN_MAX = 16, /* no program has more than four at a time */
};

/*
 * Not a context that is passed around: a signal handler is given none. As for kill(2), a
 * number below 0 is that of a group. 0: free.
 */
static volatile sig_atomic_t children[CHILDREN_MAX];

/*
 * Each child does the same for those that it has started. It is sent the same signal: of
 * this one it is known that it was not started to ignore it. A tool in a group of its own is
 * ended as at the end of its time: programs in Go, docker for one, ignore SIGUSR1 and others.
 */
static void end_with_children(int signal)
{
	const struct sigaction by_default = {.sa_handler = SIG_DFL};

	for (int i = 0; i < CHILDREN_MAX; i++)
		if (children[i])
			kill(children[i], children[i] < 0 ? SIGKILL : signal);
	/*
	 * It is held back until this function returns, and then does what it does by default.
	 * SA_RESETHAND would give it that before it is held back: Linux then lets one that comes
	 * twice, from a terminal's group and from our parent, end us before we are here.
	 */
	sigaction(signal, &by_default, NULL);
	raise(signal);
}

static void ending_set(sigset_t *ret_signals)
{
	sigemptyset(ret_signals);
	for (int i = 0; i < SIGNAL_COUNT; i++)
		sigaddset(ret_signals, ending_signals[i]);
}

static void catch_signals(const sigset_t *signals)
{
	const struct sigaction action = {.sa_handler = end_with_children, .sa_mask = *signals};

	for (int i = 0; i < SIGNAL_COUNT; i++) {
		struct sigaction before;

		/* What is ignored, as in the background or under nohup(1), is to stay so. */
		if (sigaction(ending_signals[i], NULL, &before) == 0 &&
			before.sa_handler == SIG_DFL)
			sigaction(ending_signals[i], &action, NULL);
	}
}

void children_hold_signals(sigset_t *ret_before)
{
	sigset_t signals;

	ending_set(&signals);
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
