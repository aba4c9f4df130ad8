/*
 * What a process does when one of its children ends; pure. Programs are recognized by their names
 * and arguments, as documented in their manuals.
 */
#ifndef PF_SUPERVISORS_H
#define PF_SUPERVISORS_H

#include "base/buffer.h"

enum role_kind {
	ROLE_OTHER, /* unknown: it may restart the child */
	ROLE_MANAGER, /* systemd, which follows the unit */
	ROLE_SUPERVISOR, /* it restarts the child */
	ROLE_LAUNCHER, /* it restarts nothing: it waits, and goes on to its next task */
	ROLE_INTERACTIVE, /* used by a person: a shell at its prompt, a terminal, a remote login */
};

/* Where to find the name of a supervised service. */
enum service_name {
	SERVICE_NONE, /* nowhere: the supervisor itself has to be ended */
	SERVICE_ARGUMENT, /* the supervisor's first argument */
	SERVICE_DIRECTORY, /* the supervisor's working directory */
	SERVICE_VARIABLES, /* the environment of the process it started */
};

struct supervisor {
	const char *program;
	const char *stop; /* the command that stops a service, with %s for its name */
	const char *group_variable; /* NULL: there are no groups */
	const char *name_variable;
	const char *hint; /* how to look up the name; NULL: there is no way */
	enum service_name service;
	bool is_unsure; /* it doesn't restart all that it starts: ROLE_OTHER, with the hint */
};

/*
 * Whether a service's name, which the supervised process may have chosen, is safe in the stop
 * command: not an option, a pattern, a file, or a word such as "all" that stops more than the
 * service.
 */
bool supervisor_takes(const struct supervisor *supervisor, struct bytes service);

/*
 * Appends the command that stops the service, with NAME instead of a name that
 * supervisor_takes() doesn't accept. The supervisor must have such a command. 0 or -ENOMEM.
 */
int supervisor_append_stop(
	const struct supervisor *supervisor, struct bytes service, struct buffer *command);

struct role {
	enum role_kind kind;
	const struct supervisor *supervisor; /* NULL: it isn't one */
};

/*
 * The role of a process, by its name (data NULL if unknown) and its arguments, each followed by a
 * NUL. `is_first`: it is pid 1.
 */
struct role role_of(struct bytes command, struct bytes arguments, bool is_first);

#endif
