/*
 * Programs that restart what they have started, and how to stop a service of theirs; pure. They are
 * recognized by what they run, as documented in their manuals.
 */
#ifndef PF_SUPERVISORS_H
#define PF_SUPERVISORS_H

#include "base/buffer.h"
#include "program.h"

/* Where to find the name of a supervised service. */
enum service_name {
	SERVICE_NONE, /* nowhere: the supervisor itself has to be ended */
	SERVICE_ARGUMENT, /* the supervisor's first argument */
	SERVICE_DIRECTORY, /* the supervisor's working directory */
	SERVICE_VARIABLES, /* the environment of the process it started */
};

struct supervisor {
	const char *program;
	const char *argument; /* it restarts only if it was started with this; NULL: always */
	const char *stop; /* the command that stops a service, with %s for its name */
	const char *group_variable; /* NULL: there are no groups */
	const char *name_variable;
	const char *json_variable; /* holds an object with a "name", used if it is set */
	const char *hint; /* how to look up the name; NULL: there is no way */
	const char *when; /* it restarts the child; NULL: at once */
	const char *signal; /* that ends it; NULL: SIGTERM does */
	enum service_name service;
	bool is_script; /* an interpreter runs it; it was installed, unless is_own */
	bool is_own; /* a script that belongs to the project, such as manage.py */
	bool is_unsure; /* it doesn't restart all that it starts */
};

/* The supervisor that a process is; NULL: it is none. */
const struct supervisor *supervisor_find(const struct program *program);

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

#endif
