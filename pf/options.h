/*
 * The command line of pf.
 */
#ifndef PF_OPTIONS_H
#define PF_OPTIONS_H

#include <stdbool.h>

#include "base/port_set.h"

struct options {
	bool tcp;
	bool udp;
	bool json;
	bool ndjson;
	bool no_header;
	bool wide;
	bool why;
	bool kill;
	bool force;
	bool dry_run;
	bool interactive;
	bool wait;
	bool until_listening;
	bool details; /* pf-resolve is to tell why the holders run */
	const char *color; /* these and the following: NULL where not given */
	const char *signal;
	const char *timeout;
	const char *collector;
	const char *replay;
	char **ports; /* arguments, ended by NULL */
	const struct port_set *port_set; /* the same; empty for all ports */
};

/*
 * Reads the command line. Returns true to go on; false where all is said and
 * done, and *ret_status then is the exit status.
 */
bool options_parse(int argc, char *argv[], struct options *ret_options, int *ret_status);

/* True where processes are to be ended, or would be with --dry-run. */
static inline bool options_want_kill(const struct options *options)
{
	return options->kill || options->force;
}

/* True where nothing is shown, and ports are waited for. */
static inline bool options_want_wait(const struct options *options)
{
	return options->wait || options->until_listening;
}

#endif
