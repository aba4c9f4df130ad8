/*
 * The /proc of this machine or of a capture, and its socket tables. Errors are reported here, on
 * stderr.
 */
#ifndef PF_PROC_SOURCE_H
#define PF_PROC_SOURCE_H

#include "collector.h"
#include "os/os.h"
#include "proc_net.h"
#include "sockets.h"

struct proc_source {
	const struct collector_options *options;
	struct os_directory proc;
	enum byte_order order;
	int64_t overflow_uid; /* os_overflow_uid(); -1 for a capture */
};

/* Returns 0, or a negative errno, already reported. */
int proc_source_open(const struct collector_options *options, struct proc_source *ret_source);

/* True if there are socket tables to read. Reports nothing. */
bool proc_source_is_usable(const struct collector_options *options);

enum problems {
	PROBLEMS_NEW, /* report them */
	PROBLEMS_KNOWN, /* the tables were read before, and problems reported then */
};

/*
 * Adds the wanted sockets of the requested tables. An unknown user is SOCKET_ROW_NO_USER. Returns
 * 0; -EBADMSG if malformed rows were omitted; or another negative errno. All are already reported.
 */
int proc_source_read(
	const struct proc_source *source, enum problems problems, struct sockets *sockets);

void proc_source_close(struct proc_source *source);

#endif
