/*
 * What a process that has started another one does when that ends; pure. It is told
 * by their names and arguments, as the manuals of these programs have them.
 */
#ifndef PF_SUPERVISORS_H
#define PF_SUPERVISORS_H

#include "base/bytes.h"

enum role_kind {
	ROLE_OTHER, /* it may start again what has ended: that can't be told */
	ROLE_MANAGER, /* systemd, which does as its unit says */
	ROLE_SUPERVISOR, /* it starts again what has ended */
	ROLE_LAUNCHER, /* it starts nothing again: it waits, and does what it was to do next */
	ROLE_INTERACTIVE, /* a person's: a shell at its prompt, a terminal, a remote login */
};

/* Where the name of the service stands that a supervisor keeps running. */
enum service_name {
	SERVICE_NONE, /* the supervisor itself is to be ended */
	SERVICE_ARGUMENT, /* the supervisor's first argument */
	SERVICE_DIRECTORY, /* the directory that it works in */
	SERVICE_VARIABLES, /* what the started process has in its environment */
};

struct supervisor {
	const char *program;
	const char *stop; /* what stops a service, in front of its name */
	enum service_name service;
	const char *group_variable; /* NULL: there are no groups */
	const char *name_variable;
	const char *list; /* what shows the names of services */
};

/*
 * Whether the name of a service, which the started process may have chosen, can be nothing
 * else where it stands behind the supervisor's `stop`: no option, no pattern, no file and no
 * word such as "all" that stops more than the service.
 */
bool supervisor_takes(const struct supervisor *supervisor, struct bytes service);

struct role {
	enum role_kind kind;
	const struct supervisor *supervisor; /* where it is one */
};

/*
 * Tells the kind from a process's name (data NULL where not known) and its arguments,
 * with a NUL behind each. `is_first`: it is pid 1.
 */
struct role role_of(struct bytes command, struct bytes arguments, bool is_first);

#endif
