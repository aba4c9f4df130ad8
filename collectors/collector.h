/*
 * What all collectors share: their command line, and writing lines.
 */
#ifndef PF_COLLECTOR_H
#define PF_COLLECTOR_H

#include "base/port_set.h"
#include "cli/malformed_lines.h"
#include "cli/process_failure.h"
#include "cli/program.h"
#include "stream/listener.h"

/* The part of --help that all collectors share. */
#define COLLECTOR_USAGE                                                                            \
	"Options:\n"                                                                               \
	"  -t, --tcp          TCP sockets that listen (the default)\n"                             \
	"  -u, --udp          UDP sockets that are bound and not connected; -tu for both\n"        \
	"      --replay PATH  read a capture instead of this machine\n"                            \
	"      --probe        exit 0 if this collector can work here, else 1\n"                    \
	"  -h, --help         show this help\n"                                                    \
	"  -V, --version      show the version\n"                                                  \
	"\n"                                                                                       \
	"Ports: 3000, :3000, 3000-3100, or several with commas; none means all.\n"                 \
	"Exit status: 0 a listener was found, 1 none was found, 2 error.\n"

struct collector_options {
	bool tcp;
	bool udp;
	bool probe;
	const char *replay; /* NULL: this machine */
	struct port_set ports;
};

static inline bool collector_wants_proto(
	const struct collector_options *options, enum listener_proto proto)
{
	return proto == PROTO_TCP ? options->tcp : options->udp;
}

/* Starts from {.writer.fd = OS_STDOUT}. */
struct collector_output {
	struct writer writer;
	size_t count; /* of the lines written */
	struct process_failure failure; /* reported at the end, as an error */
};

/* Writes one line. Returns 0 or a negative errno; on -EPIPE, stop without a message. */
int collector_write(struct collector_output *output, const struct listener *listener);

/*
 * Reports once, unless `count` is 0, that the holders of `count` sockets are hidden for lack of
 * permission, and what would help.
 */
void collector_report_hidden(size_t count);

/*
 * The pid_start of a process that a tool reported by its pid alone. A process that started after
 * the tool did, at `tool_start_ticks` of os_process_start_ticks(), may have reused the pid: then
 * the result is LISTENER_NONE, so that it can't be signalled. It is also LISTENER_NONE without a
 * pid, or if `tool_start_ticks` is 0. If that is a negative errno, a failure is noted.
 */
int64_t collector_find_identity(
	struct collector_output *output, int64_t pid, int64_t tool_start_ticks);

/*
 * Flushes and releases the output. `error` is how collecting ended; unless it is the output's own,
 * it is reported as one of `what`. Returns EXIT_ERROR if `failed`, for an error other than -EPIPE,
 * if a process could not be examined, or if the output could not be written; else the exit status
 * that follows from the number of lines.
 */
int collector_finish(struct collector_output *output, const char *what, int error, bool failed);

/* What is different in each collector. */
struct collector {
	const char *usage;
	/* For --probe: whether it works here, or can read the capture. Reports nothing. */
	bool (*is_usable)(const struct collector_options *options);
	/* Lists what was requested. Returns the exit status. */
	int (*collect)(const struct collector_options *options);
};

/* A collector's main(). Returns the exit status. */
int collector_run(int argc, char *argv[], const struct collector *collector);

#endif
