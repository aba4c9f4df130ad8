/*
 * The texts of lsof and of netstat: from the programs, or from a capture. This
 * is the edge: what goes wrong is said here, on stderr.
 */
#ifndef PF_LSOF_SOURCE_H
#define PF_LSOF_SOURCE_H

#include "collector.h"
#include "os/spawn.h"

/* The owner calls lsof_source_release(), also after a failure. */
struct lsof_source {
	struct buffer lsof;
	struct buffer netstat; /* empty where there is none to ask */
	bool has_netstat;
	int64_t started; /* lsof, as in struct spawn_output; 0 in a replay */
};

/* Returns 0, or a negative errno of which all is said; what could be read is there even so. */
int lsof_source_read(const struct collector_options *options, struct lsof_source *ret_source);

/* True where lsof is installed, or where the capture has its text. Says nothing. */
bool lsof_source_is_usable(const struct collector_options *options);

void lsof_source_release(struct lsof_source *source);

#endif
