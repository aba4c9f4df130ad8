/*
 * The output of Windows' netstat, from the program or a capture. Errors are reported here, on
 * stderr.
 */
#ifndef PF_NETSTAT_SOURCE_H
#define PF_NETSTAT_SOURCE_H

#include "collector.h"

/* The owner calls netstat_source_release(), also after a failure. */
struct netstat_source {
	struct buffer text; /* not UTF-16; states may be in the OEM code page */
	int64_t started; /* netstat, as in struct spawn_output; 0 in a replay */
};

/* Returns 0, or a negative errno, already reported, with whatever could be read. */
int netstat_source_read(const struct collector_options *options, struct netstat_source *ret_source);

/* True if there is a netstat to run, or the capture has its output. Reports nothing. */
bool netstat_source_is_usable(const struct collector_options *options);

void netstat_source_release(struct netstat_source *source);

#endif
