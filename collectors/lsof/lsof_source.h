/*
 * The output of lsof and netstat, from the programs or a capture. Errors are reported here, on
 * stderr.
 */
#ifndef PF_LSOF_SOURCE_H
#define PF_LSOF_SOURCE_H

#include "collector.h"
#include "os/spawn.h"

/* The owner calls lsof_source_release(), also after a failure. */
struct lsof_source {
	struct buffer lsof;
	struct buffer netstat; /* empty if there is no netstat */
	bool has_netstat;
	int64_t started; /* lsof, as in struct spawn_output; 0 in a replay */
};

/* Returns 0, or a negative errno, already reported, with whatever could be read. */
int lsof_source_read(const struct collector_options *options, struct lsof_source *ret_source);

/* True if lsof is installed, or the capture has its output. Reports nothing. */
bool lsof_source_is_usable(const struct collector_options *options);

void lsof_source_release(struct lsof_source *source);

#endif
