/*
 * The command line of pf.
 */
#ifndef PF_OPTIONS_H
#define PF_OPTIONS_H

#include <stdbool.h>

#include "asked_ports.h"
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
	bool details; /* pf-resolve gets --details */
	const char *color; /* from here on: NULL if not given */
	const char *signal;
	const char *timeout;
	const char *collector;
	const char *replay;
	const struct asked_ports *asked; /* NULL: all arguments are plain ports */
	char **ports; /* arguments, ended by NULL */
	const struct port_set *port_set; /* the same; empty for all ports */
};

/*
 * Parses the command line. Returns true to continue, or false to exit with *ret_status, after help,
 * the version or an error was printed.
 */
bool options_parse(int argc, char *argv[], struct options *ret_options, int *ret_status);

/* True if processes are to be ended, or would be but for --dry-run. */
static inline bool options_want_kill(const struct options *options)
{
	return options->kill || options->force;
}

/* True if nothing is shown, and pf waits for ports. */
static inline bool options_want_wait(const struct options *options)
{
	return options->wait || options->until_listening;
}

#endif
