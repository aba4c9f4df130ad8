/*
 * What a process does when one of its children ends; pure. Programs are recognized by what they
 * run, as documented in their manuals.
 */
#ifndef PF_ROLE_H
#define PF_ROLE_H

#include "supervisors.h"

enum role_kind {
	ROLE_OTHER, /* unknown: it may restart the child */
	ROLE_RUNNER, /* unknown likewise; it runs tasks of others, on a schedule or for a CI server
		      */
	ROLE_MANAGER, /* systemd, which follows the unit */
	ROLE_INIT, /* pid 1 that starts nothing again: tini, or a program that only sleeps */
	ROLE_SUPERVISOR, /* it restarts the child */
	ROLE_LAUNCHER, /* it restarts nothing: it waits, and goes on to its next task */
	ROLE_INTERACTIVE, /* used by a person: a shell at its prompt, a terminal, a remote login */
};

struct role {
	enum role_kind kind;
	const struct supervisor *supervisor; /* NULL: it isn't one */
};

/* The role of a process. `is_first`: it is pid 1. */
struct role role_of(const struct program *program, bool is_first);

/* Whether it is a shell, which gives each command a process group of its own at its prompt. */
bool role_is_shell(const struct program *program);

#endif
